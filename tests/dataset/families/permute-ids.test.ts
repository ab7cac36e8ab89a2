import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  englishAnswer,
  englishQuestion,
  englishSteps,
  formatItems,
  parseItems,
  permuteIds,
  randomItem,
} from '../../../src/dataset/index.js';
import { chooseHigherIndex } from '../../../src/graph/index.js';
import { createRandom } from '../../../src/random.js';

describe('permuteIds', () => {
  it('changes nothing that English shows', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = createRandom(seed);
        const item = randomItem(random, 'a');
        const permuted = permuteIds(random, item);
        expect(englishQuestion(permuted, permuted.names)).toBe(englishQuestion(item, item.names));
        expect(englishSteps(permuted)).toEqual(englishSteps(item));
        expect(englishAnswer(permuted)).toBe(englishAnswer(item));
        expect(englishAnswer(permuted, permuted.decoy)).toBe(englishAnswer(item, item.decoy));
        expect(permuted.id).toBe('a');
      }),
      { numRuns: 50 },
    );
  });

  it('survives the official file format, though its numbers are no topological order', () => {
    const random = createRandom('round trip');
    const items = Array.from({ length: 50 }, (_, i) => permuteIds(random, randomItem(random, String(i))));
    expect(items.filter(({ edges }) => edges.some(([from, to]) => from > to)).length).toBeGreaterThan(45);
    const read = parseItems(formatItems(items), 'items');
    // A file has an order of its edges; these items leave it to the writer.
    expect(read.map((item) => ({ ...item, fileEdgeOrder: undefined }))).toEqual(
      items.map((item) => ({ ...item, fileEdgeOrder: undefined })),
    );
    expect(formatItems(read)).toBe(formatItems(items));
  });

  it('puts the root anywhere, and leaves a rule about numbers nothing to go by', () => {
    const random = createRandom('anywhere');
    const items = Array.from({ length: 2000 }, (_, i) => permuteIds(random, randomItem(random, String(i))));
    const mean = items.reduce((sum, { root, names }) => sum + root / (names.length - 1), 0) / items.length;
    // The mean of 2,000 uniform numbers is within four standard errors (.0065 each) of a half.
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.026);
    const right = items.filter(({ candidates, target }) => chooseHigherIndex(candidates) === target).length;
    // Four standard errors of a coin over 2,000 items; unpermuted it is right in 60 %.
    expect(Math.abs(right / items.length - 0.5)).toBeLessThan(0.045);
  });
});
