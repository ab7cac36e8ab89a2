import { forEachBatch, type BatchOptions } from '../batches.js';
import type { Coconut } from '../model/index.js';
import type { Wording } from '../tokenizer/index.js';
import { LensError } from '../errors.js';
import type { Design } from './design.js';
import type { ProbeData } from './probe-data.js';
import type { ProbeReading } from './spec.js';

/**
 * An activation at the position that makes each thought, the last one that its pass reads: thought c is the final hidden
 * state there, and blocks before it are what the thought is made of.
 *
 * @returns by thought, a row per item
 * @throws LensError if the model has no such activation, or it has no rows per position (attention patterns); the reason of
 * `signal`
 */
export async function readActivations(
  model: Coconut,
  wording: Wording,
  { items, thoughts }: Pick<ProbeData, 'items' | 'thoughts'>,
  { activation, head }: ProbeReading,
  { batchSize, onProgress, signal }: BatchOptions,
): Promise<Design[]> {
  const names = Array.from({ length: thoughts }, (_, c) => `pass.${c}.${activation}`);
  let columns = 0;
  let values: Float32Array[] = [];
  const watched = model.stoppedBy(signal);
  await forEachBatch(items, { batchSize, onProgress, signal }, async (batch, from) => {
    const prompts = batch.map(({ item }) => wording.prompt(item));
    const trace = await watched.runWithTrace(prompts, { thoughts, activations: names });
    names.forEach((name, c) => {
      const found = trace.activations.get(name);
      if (found === undefined)
        throw new LensError('reads.activation', `the model has none (${name})`, 'see activationNames');
      const { axes, shape, data } = found;
      const [width, start] = stretchOf(activation, axes, shape, head);
      if (values.length === 0) {
        columns = width;
        values = names.map(() => new Float32Array(items.length * width));
      }
      const perPosition = shape.slice(2).reduce((a, b) => a * b, 1);
      batch.forEach((_, row) => {
        const at = (row * shape[1] + shape[1] - 1) * perPosition + start;
        values[c].set(data.subarray(at, at + width), (from + row) * width);
      });
    });
  });
  signal?.throwIfAborted();
  return values.map((own) => ({ rows: items.length, columns, values: own }));
}

/** How many numbers of a position are read, and from which on. */
function stretchOf(
  activation: string,
  axes: readonly string[],
  shape: readonly number[],
  head: number | undefined,
): [width: number, start: number] {
  if (axes[1] !== 'position')
    throw new LensError(
      'reads.activation',
      `has no row per position (${activation})`,
      'read a residual, a head’s z, or a neuron',
      'usage',
    );
  if (axes[2] !== 'head') {
    if (head === undefined) return [shape[2], 0];
    throw new LensError('reads.head', `${activation} has no heads (${head})`, 'leave it out', 'usage');
  }
  if (head === undefined) return [shape[2] * shape[3], 0];
  if (head >= shape[2])
    throw new LensError(
      'reads.head',
      `${activation} has ${shape[2]} heads (${head})`,
      `give 0 to ${shape[2] - 1}`,
      'usage',
    );
  return [shape[3], head * shape[3]];
}
