import { describe, expect, it } from 'vitest';
import { diversity, expectedDistinct } from '../../../src/claim/predictions/f11-diversity.js';
import { createRandom } from '../../../src/random.js';
import { PLAINLY } from './plainly.js';

type Diversity = Parameters<typeof diversity.judge>[0][number];

/** Graphs of 18 to 27 nodes, larger ones with larger frontiers, and one thought that names so many of their nodes. */
function observed(distinct: (nodes: number, frontier: number) => number): Diversity[] {
  const random = createRandom('diversity');
  return Array.from({ length: 120 }, (_, i) => {
    const nodes = 18 + random.integer(10);
    const frontier = 1 + Math.floor(nodes / 9) + random.integer(3);
    const even = expectedDistinct(new Array<number>(nodes).fill(1 / nodes), 100);
    return { graph: `graph ${i}`, thoughts: [{ distinct: distinct(nodes, frontier), even, frontier }] };
  });
}

const effect = (observations: readonly Diversity[]): { value: number | null; p: number | null; verdict: string } => {
  const { criteria, verdict } = diversity.judge(observations, PLAINLY, []);
  return { value: criteria[0].estimate.value, p: criteria[0].p, verdict };
};

describe('F11', () => {
  it('is 0 for a thought that holds all nodes alike, however large its graph', () => {
    const even = (nodes: number): number => expectedDistinct(new Array<number>(nodes).fill(1 / nodes), 100);
    // Where nothing varies, imagined observations keep the interval a width.
    const flat = effect(observed(even));
    expect(flat).toMatchObject({ value: 0, verdict: 'contradicts' });
    expect(flat.p).toBeGreaterThan(0.99);
    // Any order of the sizes alone is the same.
    expect(effect(observed((nodes) => nodes)).value).toBeCloseTo(0, 12);
    const random = createRandom('ties');
    const { value, p, verdict } = effect(observed((nodes) => nodes + random.uniform()));
    expect(Math.abs(value ?? NaN)).toBeLessThan(0.05);
    expect(p).toBeGreaterThan(0.99);
    expect(verdict).toBe('contradicts');
  });

  it('is what is left of the correlation for a thought that holds the frontier', () => {
    const { value, verdict } = effect(observed((_, frontier) => frontier));
    expect(verdict).toBe('supports');
    expect(value).toBeGreaterThan(0.3);
    expect(value).toBeLessThan(0.9);
  });
});

describe('expectedDistinct', () => {
  it('is close to n for n likely outcomes', () => {
    expect(expectedDistinct([0.25, 0.25, 0.25, 0.25], 100)).toBeCloseTo(4, 10);
    // Two draws from a fair coin: the same face half of the time.
    expect(expectedDistinct([0.5, 0.5], 2)).toBeCloseTo(1.5, 12);
  });

  it('keeps outcomes that are far below one in the number of draws', () => {
    expect(expectedDistinct([1e-20], 100)).toBeCloseTo(1e-18, 30);
  });

  it('is the sum of the chances to be drawn at all', () => {
    // 1 - (1/2)^2 and twice 1 - (3/4)^2.
    expect(expectedDistinct([0.5, 0.25, 0.25], 2)).toBeCloseTo(3 / 4 + 2 * (7 / 16), 12);
    expect(expectedDistinct([1, 0], 100)).toBe(1);
  });
});
