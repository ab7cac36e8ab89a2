import { createRandom } from '../../random.js';
import type { Design } from '../design.js';
import { compose, meanThought, project, topK, trainingRows, type ThoughtDecoder } from './decoder.js';

/** The size of a dictionary of directions, and what it is scaled by. */
export interface DictionaryOptions {
  readonly features: number;
  /** How many features a thought may have at once. */
  readonly active: number;
  readonly seed: number | string;
  /** The thoughts to learn from; all of them if omitted. */
  readonly rows?: Int32Array | undefined;
}

/**
 * The control of a sparse autoencoder: as many directions, drawn at random on the sphere, encoded alike by the largest
 * positive inner products. One number is fitted, by least squares: what all activations are multiplied by, so that the
 * control does not lose by its scale alone.
 *
 * @throws LensError if a number is not finite, or there are too few rows
 */
export function randomDictionary(
  thoughts: Design,
  { features, active, seed, rows }: DictionaryOptions,
): ThoughtDecoder {
  const own = trainingRows(thoughts, features, rows);
  const { columns } = thoughts;
  const mean = meanThought(thoughts, own);
  const directions = unitRows(features, columns, seed, 'random dictionary');
  const raw = (thought: Float32Array): Float32Array => topK(project(mean, directions, thought), active);
  let [along, squares] = [0, 0];
  for (const r of own) {
    const thought = thoughts.values.subarray(r * columns, (r + 1) * columns);
    const made = compose(mean, directions, raw(thought));
    for (let c = 0; c < columns; c++) {
      along += (made[c] - mean[c]) * (thought[c] - mean[c]);
      squares += (made[c] - mean[c]) ** 2;
    }
  }
  const factor = squares > 0 ? along / squares : 0;
  const encode = (thought: Float32Array): Float32Array => raw(thought).map((a) => a * factor);
  return {
    columns,
    features,
    directions,
    encode,
    reconstruct: (thought) => compose(mean, directions, encode(thought)),
  };
}

/** Directions of length 1, uniform on the sphere: [features * columns]. */
export function unitRows(features: number, columns: number, seed: number | string, label: string): Float32Array {
  const random = createRandom(seed).fork(label);
  const directions = new Float32Array(features * columns);
  for (let f = 0; f < features; f++) {
    const row = Float64Array.from({ length: columns }, () => random.normal());
    const length = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
    directions.set(
      row.map((x) => x / length),
      f * columns,
    );
  }
  return directions;
}
