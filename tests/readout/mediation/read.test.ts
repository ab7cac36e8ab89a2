import { describe, expect, it } from 'vitest';
import {
  formatMediation,
  readMediation,
  type MediationCell,
  type MediationObservation,
} from '../../../src/readout/index.js';
import { itemOf } from '../records.js';

const options = { seed: 1, resamples: 9 };

function observed(root: number, cells: readonly MediationCell[], correct = 1): MediationObservation {
  const item = itemOf(6, [[root, 4], [4, 5]], { root, target: 5, decoy: 3 }); // prettier-ignore
  return { item, correct, width: 8, tied: true, cells };
}

const part = (rank: number, share: number, inside: number, rest: number) => ({ rank, share, inside, rest });

/** Two cells of one item, one of another, and an item that is not patched. */
const OBSERVATIONS = [
  observed(0, [
    { depth: 1, thought: 1, full: 1, parts: { head: part(3, 0.5, 0.8, 0.1), absent: part(3, 0.25, 0, 1) } },
    { depth: 1, thought: 2, full: 0.5, parts: { head: part(3, 0.7, 0.4, 0.1) } },
  ]),
  observed(1, [{ depth: 1, thought: 1, full: 0.25, parts: { head: part(4, 0.2, 0.2, -0.1) } }]),
  observed(2, [], 0),
];

describe('readMediation', () => {
  const result = readMediation(OBSERVATIONS, options);

  it('counts items once, with the means of their cells', () => {
    expect(result).toMatchObject({ kind: 'mediation', items: 3, graphs: 3, width: 8, tied: true });
    expect(result.correct).toMatchObject({ value: 2 / 3, n: 3 });
    expect(result.used).toMatchObject({ value: 2 / 3, n: 3 });
    // (.75 + .25) / 2.
    expect(result.pooled.full).toMatchObject({ value: 0.5, n: 2, clusters: 2 });
    const [head] = result.pooled.bases;
    expect(head).toMatchObject({ name: 'head', rank: { least: 3, greatest: 4 } });
    // ((.5 + .7) / 2 + .2) / 2.
    expect(head.share.value).toBeCloseTo(0.4, 12);
    // (.6 + .2) / 2, and over (.75 + .25).
    expect(head.inside.fall.value).toBeCloseTo(0.4, 12);
    expect(head.inside.ofFull.value).toBeCloseTo(0.8, 12);
    // (.1 - .1) / 2.
    expect(head.rest.fall.value).toBeCloseTo(0, 12);
    expect(head.rest.ofFull.value).toBeCloseTo(0, 12);
  });

  it('compares a subspace with the whole thought over the cells that have it', () => {
    const [, absent] = result.pooled.bases;
    expect(absent).toMatchObject({ name: 'absent', rest: { fall: { value: 1, n: 1 }, ofFull: { value: 1 } } });
    expect(absent.inside.ofFull.value).toBe(0);
  });

  it('parts the thoughts', () => {
    const [one, two] = result.perThought;
    expect([one.thought, two.thought]).toEqual([1, 2]);
    expect(one.full).toMatchObject({ value: 0.625, n: 2 });
    expect(two.full).toMatchObject({ value: 0.5, n: 1 });
    expect(two.bases.map(({ name }) => name)).toEqual(['head']);
    expect(two.bases[0].inside.ofFull.value).toBeCloseTo(0.8, 12);
  });

  it('does not depend on the order of items', () => {
    const { pooled } = readMediation([...OBSERVATIONS].reverse(), options);
    expect(pooled.bases[0].inside.ofFull.value).toBeCloseTo(result.pooled.bases[0].inside.ofFull.value ?? NaN, 12);
  });

  it('reads nothing out of nothing', () => {
    expect(readMediation([], options)).toMatchObject({ items: 0, width: 0, perThought: [], pooled: { bases: [] } });
    expect(formatMediation(readMediation([], options))).not.toMatch(/NaN|undefined/);
  });
});

describe('formatMediation', () => {
  it('says which subspaces hold everything, and that the head is tied', () => {
    const [first, ...others] = OBSERVATIONS;
    const cells = first.cells.map((cell) => ({ ...cell, parts: { ...cell.parts, query: part(7, 1, cell.full, 0) } }));
    const text = formatMediation(readMediation([{ ...first, cells }, ...others], options));
    expect(text).toContain('embedding: the same as head, which is tied to it');
    expect(text).toContain(
      'query: all that a thought can hold, but for its mean; inside is everything and says nothing',
    );
    expect(text).toMatch(/^head +3-4 +2 +\.400 \[-\] +\.400 \[-\] +0\.80 \[-\] +\.000 \[-\] +0\.00 \[-\]$/m);
    expect(text).toMatch(/^1 +2 +\.625 +\.500 \/ \.000 +1\.00 \/ \.000 +\.000 \/ 1\.00$/m);
    const free = formatMediation(readMediation([{ ...first, tied: false }], options));
    expect(free).not.toMatch(/tied|says nothing/);
  });
});
