import { LensError } from '../errors.js';
import type { FloatTensor } from './float-tensor.js';
import type { Gpt2Config } from './gpt2-config.js';
import { gpt2TensorAxes } from './gpt2-weights.js';
import type { Axis } from './gpt2-weights.js';
import { quote, showShape } from './messages.js';

/** What is known of a tensor before its data are read. */
export interface TensorKind {
  readonly dtype: string;
  readonly shape: readonly number[];
}

/** A tensor's name with what is wrong about it. */
type Complaint = readonly [name: string, detail: string];

const FLOAT_DTYPES = ['F32', 'F16', 'BF16'];

/**
 * Compares the tensors that are there with those that `config` asks for.
 *
 * @param subject the weights file, for messages
 * @param found by name without prefix
 * @param isInferred whether `config` was read off these very tensors, so that no config.json is to blame
 * @throws LensError that lists every missing, unexpected and misshapen tensor
 */
export function checkGpt2Tensors(
  subject: string,
  config: Gpt2Config,
  found: ReadonlyMap<string, TensorKind>,
  isInferred = false,
): void {
  const expected = gpt2TensorAxes(config);
  const missing: Complaint[] = [];
  const wrong: Complaint[] = [];
  for (const [name, axes] of expected) {
    const tensor = found.get(name);
    if (tensor === undefined) missing.push([name, '']);
    else if (!FLOAT_DTYPES.includes(tensor.dtype)) wrong.push([name, ` holds ${tensor.dtype}, not floats`]);
    else if (!hasShape(tensor, axes)) {
      wrong.push([name, ` is ${showShape(tensor.shape)}, not [${axes.map(describeAxis).join(', ')}]`]);
    }
  }
  const unexpected = [...found.keys()].filter((name) => !expected.has(name)).map((name): Complaint => [name, '']);

  const layers = countLayers(found.keys());
  const problems = [
    ...(layers === config.nLayer ? [] : [`n_layer is ${config.nLayer} but the weights have ${layers} layers`]),
    ...list('misshapen', wrong),
    ...list('missing', missing),
    ...list('unexpected', unexpected),
  ];
  if (problems.length === 0) return;
  const isTooMuch = unexpected.length > 0 && problems.length === 1;
  if (isInferred && !isTooMuch) {
    throw new LensError(
      subject,
      `the tensors are not those of one GPT-2 (${problems.join('; ')})`,
      'save the state dict of a GPT2LMHeadModel, or of a Coconut module around one',
    );
  }
  throw new LensError(
    subject,
    `the weights ${isInferred ? 'are more than a GPT-2' : 'do not match config.json'} (${problems.join('; ')})`,
    isTooMuch
      ? 'leave out what is no part of the model: import --drop <prefix,...>'
      : 'use the config.json that was saved with these weights',
  );
}

function hasShape({ shape }: TensorKind, axes: readonly Axis[]): boolean {
  return shape.length === axes.length && axes.every(({ length }, i) => shape[i] === length);
}

function describeAxis({ length, setBy }: Axis): string {
  return `${setBy} ${length}`;
}

/** How many different layers the names mention. */
export function countLayers(names: Iterable<string>): number {
  const layers = new Set<string>();
  for (const name of names) {
    const layer = /^h\.(\d+)\./.exec(name)?.[1];
    if (layer !== undefined) layers.add(layer);
  }
  return layers.size;
}

/** `heading: h.2-11.ln_1.weight, ln_f.bias is [3], not [n_embd 4]`: layers that share a complaint share an entry. */
function list(heading: string, complaints: readonly Complaint[]): string[] {
  if (complaints.length === 0) return [];
  const layersOf = new Map<string, number[]>();
  for (const [name, detail] of complaints) {
    const block = /^h\.(\d{1,9})\.(.*)$/s.exec(name);
    const entry = block === null ? `${legible(name)}${detail}` : `.${legible(block[2])}${detail}`;
    const layers = layersOf.get(entry) ?? [];
    if (block !== null) layers.push(Number(block[1]));
    layersOf.set(entry, layers);
  }
  const entries = [...layersOf].map(([entry, layers]) => (layers.length === 0 ? entry : `h.${ranges(layers)}${entry}`));
  return [`${heading}: ${entries.join(', ')}`];
}

function legible(name: string): string {
  return /^[\w.-]{1,100}$/.test(name) ? name : quote(name);
}

/** `[0, 1, 2, 5]` as `0-2,5`. */
function ranges(layers: readonly number[]): string {
  const runs: [from: number, to: number][] = [];
  for (const layer of layers.toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run?.[1] === layer - 1) run[1] = layer;
    else runs.push([layer, layer]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}

/**
 * A weight that is not finite turns every output into NaN, far from its cause.
 *
 * @throws LensError naming the tensor and the element
 */
export function checkFinite(subject: string, name: string, { data }: FloatTensor): void {
  let at = 0;
  while (at < data.length && Number.isFinite(data[at])) at++;
  if (at === data.length) return;
  throw new LensError(
    subject,
    `tensor ${name} holds a value that is not finite (${data[at]} at element ${at})`,
    'the training run diverged or the file is damaged: use another checkpoint',
  );
}

/** What rounds to infinity in half precision: the middle between its greatest number and the next power of two. */
const BEYOND_HALF = 65520;

/** @throws LensError if a value is beyond the range of half precision */
export function checkHalf(subject: string, name: string, { data }: FloatTensor): void {
  const at = data.findIndex((value) => Math.abs(value) >= BEYOND_HALF);
  if (at === -1) return;
  throw new LensError(
    subject,
    `tensor ${name} holds a value beyond half precision (${data[at]} at element ${at})`,
    'keep it in single precision',
  );
}
