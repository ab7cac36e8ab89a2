import type { HostTensor } from '../tensor/index.js';
import { activationAxes, activationNames, activationSite, type Axis } from './activations.js';
import { MASKED } from './attention.js';
import type { PassConfig } from './gpt2.js';
import { keepRanges, size } from './host-arrays.js';
import type { ThoughtTrace } from './trace.js';

/** What can be compared of one prompt's run: an activation without its batch axis, or logits. */
export interface Quantity extends HostTensor {
  readonly axes: readonly (Axis | 'vocabulary')[];
}

/** The element at which two arrays of one shape are furthest apart, in units of what is allowed there. */
export interface Disagreement {
  /** Along the array's axes. */
  readonly index: readonly number[];
  readonly ours: number;
  readonly reference: number;
  /** |ours - reference|; infinite where only one is masked, or one is no number. */
  readonly difference: number;
  readonly allowed: number;
}

/** Where a quantity comes from. */
export interface QuantitySite {
  readonly pass: number;
  /** The transformer block, or null for embeddings, the final norm, thoughts and logits. */
  readonly layer: number | null;
  /** Grows with the order of computation; logits stand half a place after the hidden state that they are read off. */
  readonly order: number;
}

const LOGITS = 'logits';
const THOUGHT = /^thoughts\.\d+$/;
const THOUGHT_LOGITS = /^thoughts\.(\d+)\.logits$/;

/**
 * Names and places of everything that a run of k thoughts leaves: its activations (`activationNames`),
 * `thoughts.{c}.logits` (thought c through the LM head) and `logits` (of the token after thoughts and suffix).
 */
export function quantitySites(config: Pick<PassConfig, 'nLayer'>, k: number): ReadonlyMap<string, QuantitySite> {
  const names = activationNames(config, k + 1);
  const sites = new Map<string, QuantitySite>();
  names.forEach((name, order) => {
    const { pass, layer } = activationSite(name);
    sites.set(name, { pass, layer: layer ?? null, order });
    if (THOUGHT.test(name)) sites.set(`${name}.${LOGITS}`, { pass, layer: null, order: order + 0.5 });
  });
  return sites.set(LOGITS, { pass: k, layer: null, order: names.length - 0.5 });
}

/** Which activations a trace must keep, so that `quantityOfRow` has these quantities. */
export function activationsFor(names: readonly string[]): string[] {
  return names.filter((name) => name !== LOGITS && !THOUGHT_LOGITS.test(name));
}

/**
 * One prompt's share of a trace: the batch axis and the row's padding are gone, so that it is what the prompt alone
 * would have given.
 *
 * @param name of `quantitySites`; thoughts' logits need a trace with `thoughtLogits`
 * @param row of the batch
 */
export function quantityOfRow(trace: ThoughtTrace, name: string, row: number): Quantity | undefined {
  if (name === LOGITS) return withoutBatch(trace.nextLogits, row, ['vocabulary']);
  const thought = THOUGHT_LOGITS.exec(name);
  if (thought !== null) {
    const c = Number(thought[1]);
    const { thoughtLogits } = trace;
    if (thoughtLogits === undefined || c > thoughtLogits.shape[1]) return undefined;
    const [batch, , vocabulary] = thoughtLogits.shape;
    const ofThought = keepRanges(thoughtLogits, 1, [[c - 1, c]]);
    return withoutBatch({ ...ofThought, shape: [batch, vocabulary] }, row, ['vocabulary']);
  }
  const activation = trace.activations.get(name);
  if (activation === undefined) return undefined;
  const { pass } = activationSite(name);
  const padding = trace.padding[row];
  const axes = activationAxes(name);
  const own = axes.reduce<HostTensor>((tensor, axis, i) => {
    const padded = axis === 'key' || (pass === 0 && (axis === 'position' || axis === 'query'));
    return padded ? keepRanges(tensor, i, [[padding, tensor.shape[i]]]) : tensor;
  }, activation);
  return withoutBatch(own, row, axes.slice(1));
}

function withoutBatch(tensor: HostTensor, row: number, axes: Quantity['axes']): Quantity {
  const { data, shape, dtype } = keepRanges(tensor, 0, [[row, row + 1]]);
  return { data, shape: shape.slice(1), dtype, axes };
}

/**
 * Compares two arrays of one shape. Allowed is `tolerance` times the largest magnitude of the reference's vector along
 * the last axis, or times 1 if that is smaller: float32 rounds relative to what a sum's terms are, and a model may have
 * positions whose activations are a thousand times larger than the others'. Masked scores are equal to each other and to
 * minus infinity, and count for no magnitude.
 */
export function largestDisagreement(ours: HostTensor, reference: HostTensor, tolerance: number): Disagreement {
  const width = reference.shape.at(-1) ?? 1;
  let worst = { at: 0, difference: 0, allowed: tolerance };
  for (let start = 0; start < reference.data.length; start += width) {
    let scale = 1;
    for (let i = start; i < start + width; i++) {
      const magnitude = Math.abs(reference.data[i]);
      if (!isMasked(reference.data[i]) && magnitude > scale && magnitude < Infinity) scale = magnitude;
    }
    const allowed = tolerance * scale;
    for (let i = start; i < start + width; i++) {
      const difference = distance(ours.data[i], reference.data[i]);
      if (difference / allowed > worst.difference / worst.allowed) worst = { at: i, difference, allowed };
    }
  }
  const { at, difference, allowed } = worst;
  return {
    index: indexOf(at, reference.shape),
    ours: ours.data[at],
    reference: reference.data[at],
    difference,
    allowed,
  };
}

/** Every masked score: several masks may have been added, and PyTorch's are minus infinity. */
function isMasked(x: number): boolean {
  return x <= MASKED / 10;
}

function distance(a: number, b: number): number {
  if (isMasked(a) && isMasked(b)) return 0;
  const difference = Math.abs(a - b);
  return isMasked(a) || isMasked(b) || Number.isNaN(difference) ? Infinity : difference;
}

/** The indices of a flat position. */
function indexOf(at: number, shape: readonly number[]): number[] {
  return shape.map((n, axis) => Math.floor(at / size(shape.slice(axis + 1))) % n);
}
