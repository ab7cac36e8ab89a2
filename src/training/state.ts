import { createHash } from 'node:crypto';
import { z } from 'zod';
import { SafetensorsFile, writeSafetensors, type FloatTensor } from '../checkpoint/index.js';
import type { HostTensor } from '../tensor/index.js';
import { LensError } from '../errors.js';
import { parseJsonDocument } from '../json-text.js';

type Tensors = Readonly<Record<string, HostTensor>>;

/** How far a training has come: everything that the next step depends on, beside the configuration. */
export interface TrainingState {
  readonly parameters: Tensors;
  /** AdamW's moments, by parameter. */
  readonly first: Tensors;
  readonly second: Tensors;
  /** The phase that the next step belongs to, and the step's number in it; both from 0. */
  readonly phase: number;
  readonly step: number;
  /** AdamW's steps since its moments were last 0. */
  readonly updates: number;
  /** Steps of all phases. */
  readonly total: number;
}

/** What a checkpoint holds: the state, and what has been measured and is not yet in the metrics. */
export interface Checkpoint extends TrainingState {
  /** The losses of the steps since metrics were last written. */
  readonly losses: readonly number[];
  /** The accuracy measured last. */
  readonly accuracy?: number | undefined;
  /** What was measured best in the phase; of phases with `patience`. */
  readonly best?: Best | undefined;
}

/** The parameters that were measured best in a phase. */
export interface Best {
  readonly accuracy: number;
  readonly parameters: Tensors;
  /** Measurements since then, none of them better. */
  readonly since: number;
}

/** The state before the first step. */
export function initialState(parameters: Tensors): TrainingState {
  return { parameters, ...zeroMoments(parameters), phase: 0, step: 0, total: 0 };
}

/** Moments of 0, as at AdamW's beginning. */
export function zeroMoments(parameters: Tensors): Pick<TrainingState, 'first' | 'second' | 'updates'> {
  const zeros = (): Tensors =>
    Object.fromEntries(
      Object.entries(parameters).map(([name, tensor]) => [
        name,
        { ...tensor, data: new Float32Array(tensor.data.length) },
      ]),
    );
  return { first: zeros(), second: zeros(), updates: 0 };
}

/** The entry of a checkpoint's metadata that holds what is no tensor. */
const ENTRY = 'training';
const START_ANEW = 'start anew, in another folder';
const GROUPS = ['parameters', 'first', 'second'] as const;
type Groups = Readonly<Partial<Record<(typeof GROUPS)[number] | 'best', Tensors>>>;

const progressSchema = z.strictObject({
  /** SHA-256 of the configuration, seed and data that the state belongs to. */
  run: z.string(),
  phase: z.int().nonnegative(),
  step: z.int().nonnegative(),
  updates: z.int().nonnegative(),
  total: z.int().nonnegative(),
  losses: z.array(z.number()).default([]),
  accuracy: z.number().optional(),
  best: z.strictObject({ accuracy: z.number(), since: z.int().nonnegative() }).optional(),
  /** SHA-256 of all the above and the tensors: what a training goes on from is what it had come to. */
  sha256: z.string(),
});

/**
 * Writes a checkpoint, one safetensors file that takes the place of the one before only when complete.
 *
 * @param run says which training it belongs to
 * @throws LensError if the operating system refuses
 */
export async function writeState(path: string, state: Checkpoint, run: string): Promise<void> {
  const { parameters, first, second, best, ...rest } = state;
  const groups: Groups = { parameters, first, second, ...(best !== undefined && { best: best.parameters }) };
  const tensors = new Map<string, FloatTensor>();
  for (const [group, own] of Object.entries(groups)) {
    for (const [name, { data, shape }] of Object.entries(own))
      tensors.set(`${group}:${name}`, { data: data as Float32Array, shape });
  }
  const progress = {
    run,
    ...rest,
    ...(best !== undefined && { best: { accuracy: best.accuracy, since: best.since } }),
  };
  const sha256 = digestOf(progress, groups);
  await writeSafetensors(path, tensors, new Map([[ENTRY, JSON.stringify({ ...progress, sha256 })]]));
}

/**
 * Reads a checkpoint.
 *
 * @param expected name and shape of every parameter
 * @param run which training it must belong to
 * @throws LensError if it is damaged, or of another training
 */
export async function readState(
  path: string,
  expected: ReadonlyMap<string, readonly number[]>,
  run: string,
): Promise<Checkpoint> {
  const file = await SafetensorsFile.open(path);
  try {
    const { sha256, ...stored } = parseProgress(path, file.header.metadata.get(ENTRY));
    const { run: own, best, ...progress } = stored;
    if (own !== run) {
      throw new LensError(
        path,
        'belongs to a training of another configuration, seed or data',
        'start in a new folder',
      );
    }
    const read = async (group: string): Promise<Tensors> => {
      const own: Record<string, HostTensor> = {};
      for (const [name, shape] of expected) {
        const { data, shape: found } = await file.read(`${group}:${name}`);
        if (!(data instanceof Float32Array) || found.join() !== shape.join())
          throw new LensError(path, `tensor ${group}:${name} is not float32 [${shape.join(', ')}]`, START_ANEW);
        own[name] = { data, shape: [...shape], dtype: 'float32' };
      }
      return own;
    };
    const [parameters, first, second] = [await read('parameters'), await read('first'), await read('second')];
    const kept = best === undefined ? undefined : { ...best, parameters: await read('best') };
    const groups = { parameters, first, second, ...(kept !== undefined && { best: kept.parameters }) };
    if (digestOf(stored, groups) !== sha256) throw new LensError(path, 'is damaged (its checksum differs)', START_ANEW);
    return { parameters, first, second, ...progress, best: kept };
  } finally {
    await file.close();
  }
}

/** Of the progress as JSON, then of every tensor in the order of the groups and of the names. */
function digestOf(progress: object, groups: Groups): string {
  // As JSON gives it back: in the schema's order, and without what is undefined.
  const entries = Object.entries(progress).filter(([, value]) => value !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash('sha256').update(JSON.stringify(entries));
  for (const group of [...GROUPS, 'best'] as const) {
    const tensors = Object.entries(groups[group] ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [, { data }] of tensors) hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}

function parseProgress(path: string, text: string | undefined): z.infer<typeof progressSchema> {
  try {
    return progressSchema.parse(parseJsonDocument(text ?? ''));
  } catch {
    throw new LensError(path, `not a training checkpoint (its "${ENTRY}" entry cannot be read)`, START_ANEW);
  }
}
