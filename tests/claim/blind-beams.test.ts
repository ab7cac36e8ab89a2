import { describe, expect, it } from 'vitest';
import { BEAMS } from '../../src/claim/beams.js';
import { blindBeamsOf } from '../../src/claim/blind-beams.js';
import { itemSearch, type Item } from '../../src/dataset/index.js';
import { createRandom } from '../../src/random.js';

type Edges = Item['edges'];

/** From node 0 to the last one; the decoy is out of reach. */
function itemOf(edges: Edges): Item {
  const target = Math.max(...edges.flat());
  const names = Array.from({ length: target + 2 }, (_, i) => `n${i}`);
  return { id: 'a', names, edges, root: 0, target, decoy: target + 1, candidates: [target, target + 1], path: [] };
}

/** Over many items' draws, how often a beam of each width finds the target. */
function chancesOf(edges: Edges): number[] {
  const runs = Array.from({ length: 200 }, (_, i) => blindBeamsOf(itemSearch(itemOf(edges)), createRandom(i)));
  return BEAMS.map((_, w) => runs.reduce((sum, beams) => sum + beams[w].chance, 0) / runs.length);
}

/** 0 leads to so many nodes, the first of which leads to the target. */
const fan = (size: number): Edges => [
  ...Array.from({ length: size }, (_, i) => [0, i + 1] as const),
  [1, size + 1] as const,
];

describe('blindBeamsOf', () => {
  it('finds what a layer’s draw holds: w in n', () => {
    // 25,600 orders: the standard error is at most .003.
    chancesOf(fan(6)).forEach((chance, w) => expect(Math.abs(chance - BEAMS[w] / 6)).toBeLessThan(0.012));
    expect(chancesOf(fan(2)).slice(1)).toEqual([1, 1, 1, 1]);
  });

  it('takes children of what is kept alone: once on the way, what is elsewhere is no rival', () => {
    // 0 -> 1, 2; 1 -> 3; 2 -> 4, 5, 6; 3 -> 7. Half of the paths lead there, whatever the layer's size.
    const edges: Edges = [
      [0, 1],
      [0, 2],
      [1, 3],
      [2, 4],
      [2, 5],
      [2, 6],
      [3, 7],
    ];
    const [one, two] = chancesOf(edges);
    expect(Math.abs(one - 1 / 2)).toBeLessThan(0.012);
    // Two keep both, then two of the four children.
    expect(Math.abs(two - 1 / 2)).toBeLessThan(0.012);
  });

  it('goes on, and comes by a longer way; what it has kept it does not keep again', () => {
    // 0 -> 1, 2; 1 -> 2; 2 -> 3: the path by way of 1 is longer and leads there as well. With an edge back it is not caught.
    const edges: Edges = [
      [0, 1],
      [0, 2],
      [1, 2],
      [2, 0],
      [2, 3],
    ];
    expect(chancesOf(edges)).toEqual([1, 1, 1, 1, 1]);
  });

  it('gives the same for the same generator, and two halves that know nothing of each other', () => {
    const beams = blindBeamsOf(itemSearch(itemOf(fan(6))), createRandom(1));
    expect(blindBeamsOf(itemSearch(itemOf(fan(6))), createRandom(1))).toEqual(beams);
    expect(beams.map(({ width }) => width)).toEqual(BEAMS);
    for (const { chosenBy, chance } of beams) expect(64 * chosenBy, `${chance}`).toBe(Math.round(64 * chosenBy));
    expect(beams.some(({ chosenBy, chance }) => chosenBy !== chance)).toBe(true);
  });
});
