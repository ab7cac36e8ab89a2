import { describe, expect, it } from 'vitest';
import { beamHolds, beyondChance, layersTowards, randomHolds } from '../../src/claim/beams.js';
import { drawBatteryItems } from '../../src/claim/index.js';
import { itemSearch } from '../../src/dataset/index.js';
import { distancesTo, UNREACHED } from '../../src/graph/index.js';

/** All subsets of some size. */
function subsets(of: readonly number[], size: number): number[][] {
  if (size === 0) return [[]];
  return of.flatMap((first, i) => subsets(of.slice(i + 1), size - 1).map((rest) => [first, ...rest]));
}

/**
 * The same by trying: a layer whose first nodes lead to the question's answer and whose last ones to the donor's. A beam keeps
 * one of these and any of the others.
 */
function heldByTrying(width: number, size: number, leading: number): number {
  if (width >= size) return 1;
  const nodes = Array.from({ length: size }, (_, i) => i);
  const donors = nodes.slice(size - leading);
  const beams = donors.flatMap((kept) =>
    subsets(
      nodes.filter((node) => node !== kept),
      width - 1,
    ).map((rest) => [kept, ...rest]),
  );
  return beams.filter((beam) => beam.some((node) => node < leading)).length / beams.length;
}

describe('beamHolds', () => {
  it('is the share of all beams that hold a node which leads to the question’s answer', () => {
    let count = 0;
    for (let size = 1; size <= 8; size++)
      for (let leading = 1; leading <= size; leading++)
        for (let width = 1; width <= 6; width++) {
          const words = `a beam of ${width} in a layer of ${size}, ${leading} leading`;
          expect(beamHolds(width, { size, leading }), words).toBeCloseTo(heldByTrying(width, size, leading), 12);
          count++;
        }
    expect(count).toBe(216);
  });
});

describe('randomHolds', () => {
  it('is the share of all draws that hold a node which leads to the target', () => {
    for (let size = 1; size <= 7; size++)
      for (let leading = 1; leading <= size; leading++)
        for (let count = 1; count <= size + 1; count++) {
          const draws = subsets(
            Array.from({ length: size }, (_, i) => i),
            Math.min(count, size),
          );
          const share = draws.filter((draw) => draw.some((node) => node < leading)).length / draws.length;
          expect(randomHolds(count, { size, leading }), `${count} of ${size}, ${leading}`).toBeCloseTo(share, 12);
        }
  });

  it('is 0 of none, and 1 where all are drawn', () => {
    expect(randomHolds(0, { size: 4, leading: 2 })).toBe(0);
    expect(randomHolds(9, { size: 4, leading: 1 })).toBe(1);
  });
});

describe('layersTowards', () => {
  it('counts, between root and target, nodes and those from which a path leads to the target', () => {
    for (const item of drawBatteryItems(7, 20, { depthGap: 1 })) {
      const search = itemSearch(item);
      const distances = distancesTo(search.graph, item.target);
      const expected = Array.from({ length: search.depth - 1 }, (_, d) => {
        const layer = [...search.depths.keys()].filter((node) => search.depths[node] === d + 1);
        return { size: layer.length, leading: layer.filter((node) => distances[node] !== UNREACHED).length };
      });
      expect(layersTowards(search)).toEqual(expected);
    }
  });
});

describe('beyondChance', () => {
  const graphs = Array.from({ length: 40 }, (_, i) => String(i));
  const value = (share: (i: number) => number): number | null =>
    beyondChance(graphs.map((_, i) => ({ share: share(i), chance: i % 2 === 0 ? 0.5 : 0.25 })))(graphs).estimate.value;

  it('is 0 for the beam’s share, which guesses where it holds nothing, and 1 where all is right', () => {
    // (1 + .5) / 2 and (1 + .25) / 2.
    expect(value((i) => (i % 2 === 0 ? 0.75 : 0.625))).toBeCloseTo(0, 12);
    expect(value(() => 1)).toBeCloseTo(1, 12);
    // Mean chance .375: (.5 - .6875) / .3125.
    expect(value(() => 0.5)).toBeCloseTo(-0.6, 12);
  });

  it('leaves out what has no cell, and is nothing of nothing', () => {
    expect(beyondChance([undefined, { share: 1, chance: 0.5 }])(['a', 'b']).estimate).toMatchObject({ value: 1, n: 1 });
    expect(beyondChance([undefined])(['a']).estimate).toMatchObject({ value: null, n: 0 });
  });
});
