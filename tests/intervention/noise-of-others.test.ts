import { describe, expect, it } from 'vitest';
import { noiseOfOthers } from '../../src/intervention/noise-of-others.js';
import { fillThoughts, type Thoughts } from '../../src/intervention/thought-rows.js';
import { itemLabel, type Item } from '../../src/dataset/index.js';
import { createRandom } from '../../src/random.js';
import { permutedItems } from './support.js';

const [K, D, N] = [2, 4, 6];
const items = permutedItems('noise', N, { nodes: 12 });
/** Far from isotropic and off centre, another at each step. */
const random = createRandom('thoughts');
const thoughts = fillThoughts([N, K, D], (into, _, c) => {
  const shared = random.normal();
  into.forEach((_, j) => (into[j] = 3 * c + j + c * shared * (j + 1) + random.normal()));
});
const pool = { items, thoughts };

const draw = (seed: number, of: readonly Item[] = items, from = pool): Thoughts =>
  noiseOfOthers((item) => createRandom(seed).fork(itemLabel(item)), of, [of.length, K, D], from);

const at = ({ data }: Thoughts, row: number, c: number): Float32Array =>
  data.subarray((row * K + c - 1) * D, (row * K + c) * D);

/** Mean and covariance, over N and not N - 1. */
function moments(of: readonly Float32Array[]): { mean: number[]; covariance: number[][] } {
  const average = (f: (x: Float32Array) => number): number => of.reduce((sum, x) => sum + f(x), 0) / of.length;
  const axes = [...Array(D).keys()];
  const mean = axes.map((j) => average((x) => x[j]));
  const covariance = axes.map((i) => axes.map((j) => average((x) => (x[i] - mean[i]) * (x[j] - mean[j]))));
  return { mean, covariance };
}

describe('noiseOfOthers', () => {
  it.each([1, 2])('has the mean and covariance of the other items’ thoughts at step %i', (c) => {
    const seeds = 20_000;
    const draws = Array.from({ length: seeds }, (_, seed) => at(draw(seed, items.slice(0, 1)), 0, c));
    const others = moments([1, 2, 3, 4, 5].map((row) => at(thoughts, row, c)));
    const found = moments(draws);
    const deviation = others.covariance.map((row, j) => Math.sqrt(row[j]));
    for (let i = 0; i < D; i++) {
      // Five standard errors of a Gaussian's mean and covariance.
      expect(Math.abs(found.mean[i] - others.mean[i])).toBeLessThan((5 * deviation[i]) / Math.sqrt(seeds));
      for (let j = 0; j < D; j++) {
        const spread = Math.hypot(others.covariance[i][j], deviation[i] * deviation[j]);
        expect(Math.abs(found.covariance[i][j] - others.covariance[i][j])).toBeLessThan(
          (5 * spread) / Math.sqrt(seeds),
        );
      }
    }
  });

  it('turns with the basis of the residual stream', () => {
    const [cos, sin] = [0.6, 0.8];
    const turned = ({ shape, data }: Thoughts): Thoughts => {
      const into = Float32Array.from(data);
      for (let i = 0; i < data.length; i += D) {
        into[i] = cos * data[i] - sin * data[i + 3];
        into[i + 3] = sin * data[i] + cos * data[i + 3];
      }
      return { shape, dtype: 'float32', data: into };
    };
    const expected = turned(draw(1)).data;
    const found = draw(1, items, { items, thoughts: turned(thoughts) }).data;
    // Rounding of float32, of numbers up to 40.
    found.forEach((x, i) => expect(x).toBeCloseTo(expected[i], 4));
  });

  it('holds nothing of the item’s own graph, also where it is asked otherwise', () => {
    const twin = { ...items[0], target: items[0].decoy, decoy: items[0].target };
    const twins = { items: [twin, ...items.slice(1)], thoughts };
    const other = fillThoughts([N, K, D], (into, row, c) => into.set(row === 0 ? [9, 9, 9, 9] : at(thoughts, row, c)));
    expect(at(draw(1, items, { ...twins, thoughts: other }), 0, 1)).toEqual(at(draw(1, items, twins), 0, 1));
    expect(at(draw(1, items, { ...twins, thoughts: other }), 1, 1)).not.toEqual(at(draw(1, items, twins), 1, 1));
  });

  it('is drawn anew for each item, step and seed', () => {
    const all = [1, 2].flatMap((seed) => [...draw(seed).data]);
    expect(new Set(all).size).toBe(all.length);
  });
});
