import { describe, expect, it } from 'vitest';
import { Batch } from '../../src/claim/batch.js';
import { drawBatteryItems } from '../../src/claim/index.js';
import { continueEach, stallEach, type Continued } from '../../src/claim/donor-thoughts.js';
import type { Bases } from '../../src/claim/patched-answers.js';
import { fillThoughts, isCorrect, readAnswers, thoughtOf } from '../../src/intervention/index.js';
import { CONSTRUCTED, createCoconut, rowAt, supplyThoughts, type CoconutRun } from '../../src/model/index.js';
import { symbolicWording } from '../../src/tokenizer/index.js';

const K = 4;
const ITEMS = drawBatteryItems(53, 8, { nodes: 14, maxDepth: 4, depthGap: 1 });

const batchOf = (thoughts = K): Batch =>
  new Batch({
    model: createCoconut(CONSTRUCTED.bfs.build()),
    wording: symbolicWording,
    items: ITEMS,
    thoughts,
    depths: { least: 3, greatest: 4 },
    seed: 1,
    pool: { items: [], thoughts: { shape: [0, K, 0], dtype: 'float32', data: new Float32Array(0) } },
    criteriaOnly: true,
  });

const ROWS = [1, 4, 6];
const LAST = [2, 4, 3];

const basesOf = async (batch: Batch): Promise<Bases> => ({
  items: ROWS.map((row) => ITEMS[row]),
  run: (await batch.run()).rows(ROWS),
});

/** Thoughts of three other items, for these rows. */
const donorsOf = async (batch: Batch): Promise<CoconutRun['thoughts']> =>
  (await batch.runOf([2, 3, 5].map((row) => ITEMS[row]))).thoughts;

/**
 * Expects of each row that was gone on with what a run of its own gives, of one item, in which the first `given` thoughts are
 * supplied: the donor's up to `thought`, which is held after that.
 */
async function expectAlone(
  batch: Batch,
  donors: CoconutRun['thoughts'],
  { thought, indices, answers, run }: Continued,
  { thoughts, given }: { readonly thoughts: number; readonly given: number },
): Promise<void> {
  const steps = Array.from({ length: given }, (_, c) => c + 1);
  for (const [at, i] of indices.entries()) {
    const supplied = fillThoughts([1, thoughts, donors.shape[2]], (into, _, c) => {
      if (c <= given) into.set(rowAt(donors, i, Math.min(c, thought) - 1));
    });
    const alone = await batch.model.run([symbolicWording.prompt(ITEMS[ROWS[i]])], {
      thoughts,
      replaceThought: supplyThoughts(supplied, steps),
    });
    for (let c = 1; c <= thoughts; c++) {
      const own = Float32Array.from(rowAt(run.thoughts, at, c - 1));
      // What was given is there to the bit.
      if (c <= given) expect(own, `thought ${c}`).toEqual(thoughtOf(supplied, 0, c));
      const expected = rowAt(alone.thoughts, 0, c - 1);
      own.forEach((x, d) => expect(x, `thought ${c}`).toBeCloseTo(expected[d], 5));
    }
    const [answer] = await readAnswers(alone, thoughts, [ITEMS[ROWS[i]]], symbolicWording);
    expect(isCorrect(answers[at])).toBe(isCorrect(answer));
  }
}

/** Item 0 up to thought 2, item 2 up to 3, item 1 up to 4; never more thoughts left than there are. */
const ALL = [
  ...[0, 1, 2, 3].map((left) => `1 ${left}: 0 1 2`),
  ...[0, 1, 2].map((left) => `2 ${left}: 0 1 2`),
  ...[0, 1].map((left) => `3 ${left}: 1 2`),
  '4 0: 1',
];

const wordsOf = ({ thought, left, indices }: Continued): string =>
  `${thought} ${left}: ${[...indices].sort((a, b) => a - b).join(' ')}`;

describe('stallEach', () => {
  it('is a run in which the donor’s thoughts are supplied, the last of them held, and the rest computed', async () => {
    const batch = batchOf();
    const donors = await donorsOf(batch);
    const seen: string[] = [];
    for await (const stalled of stallEach(batch, { ...(await basesOf(batch)), donors, last: LAST })) {
      seen.push(wordsOf(stalled));
      await expectAlone(batch, donors, stalled, { thoughts: K, given: K - stalled.left });
    }
    expect(seen).toEqual(ALL);
  });
});

describe('continueEach', () => {
  it('is a run of t + n thoughts in which the donor’s first t are supplied, each once, and the rest computed', async () => {
    const batch = batchOf();
    const donors = await donorsOf(batch);
    const seen: string[] = [];
    for await (const continued of continueEach(batch, { ...(await basesOf(batch)), donors, last: LAST })) {
      seen.push(wordsOf(continued));
      const { thought, left } = continued;
      await expectAlone(batch, donors, continued, { thoughts: thought + left, given: thought });
    }
    expect(seen).toEqual(ALL);
  });
});

describe.each([
  ['stallEach', stallEach],
  ['continueEach', continueEach],
] as const)('%s', (_, each) => {
  it('gives nothing where there is nothing to patch', async () => {
    const batch = batchOf();
    const run = await batch.run();
    for await (const one of each(batch, { items: [], run, donors: run.thoughts, last: [] }))
      expect(one).toBeUndefined();
  });
});

describe('lastPatched', () => {
  it('is as many thoughts as a target needs, and as many more as are to spare where the deepest is asked for', () => {
    // The deepest target is at 4: with 3 or 4 thoughts there is none to spare, with 7 there are three, with 8 four.
    expect([3, 4, 7, 8].map((k) => [3, 4].map((depth) => batchOf(k).lastPatched(depth)))).toEqual([
      [3, 3],
      [3, 4],
      [6, 7],
      [7, 8],
    ]);
  });
});

describe('mostLeft', () => {
  it('is three hops, or thoughts for three hops of two where there are so many', () => {
    // Seven thoughts are enough for a first hop of one thought and three more of two, up to depth 4.
    expect([4, 6, 7, 8].map((k) => batchOf(k).mostLeft)).toEqual([3, 3, 6, 6]);
  });
});
