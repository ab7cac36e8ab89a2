import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupFolds } from '../../src/probe/index.js';

describe('groupFolds', () => {
  it('never parts a group, fills folds evenly, and takes its order from the seed alone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 10, maxLength: 200 }),
        fc.integer({ min: 2, max: 5 }),
        fc.nat(),
        (groups, folds, seed) => {
          const distinct = [...new Set(groups)];
          fc.pre(distinct.length >= folds);
          const own = groupFolds(groups, folds, seed);
          const foldOf = new Map(groups.map((group, row) => [group, own[row]]));
          groups.forEach((group, row) => expect(own[row]).toBe(foldOf.get(group)));
          const sizes = Array.from({ length: folds }, (_, f) => [...foldOf.values()].filter((x) => x === f).length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
          // The order of the rows decides nothing.
          const reversed = groupFolds([...groups].reverse(), folds, seed);
          expect([...reversed].reverse()).toEqual([...own]);
        },
      ),
    );
  });

  it('deals otherwise with another seed', () => {
    const groups = Array.from({ length: 50 }, (_, i) => i);
    expect(groupFolds(groups, 5, 1)).not.toEqual(groupFolds(groups, 5, 2));
  });

  it('refuses more folds than graphs, and fewer than two', () => {
    expect(() => groupFolds([1, 1, 2], 3, 1)).toThrow('folds: more than there are graphs (3 for 2)');
    expect(() => groupFolds([1, 2], 1, 1)).toThrow('folds: not a whole number of 2 or more (1)');
  });
});
