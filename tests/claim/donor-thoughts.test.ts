import { describe, expect, it } from 'vitest';
import { Batch } from '../../src/claim/batch.js';
import { drawBatteryItems } from '../../src/claim/index.js';
import { stallEach } from '../../src/claim/stalled-answers.js';
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

const thoughtsOf = (run: CoconutRun, row: number): Float32Array[] =>
  Array.from({ length: K }, (_, c) => Float32Array.from(rowAt(run.thoughts, row, c)));

describe('stallEach', () => {
  it('is a run in which the donor’s thoughts are supplied, the last of them held, and the rest computed', async () => {
    const batch = batchOf();
    const rows = [1, 4, 6];
    const donors = (await batch.runOf([2, 3, 5].map((row) => ITEMS[row]))).thoughts;
    const last = [2, 4, 3];
    const seen: string[] = [];
    for await (const { thought, left, indices, answers, run } of stallEach(batch, rows, donors, last)) {
      seen.push(`${thought} ${left}: ${[...indices].sort((a, b) => a - b).join(' ')}`);
      for (const [at, i] of indices.entries()) {
        // The same by other means: one item, a run of its own, all that is not computed supplied.
        const held = Array.from({ length: K - left }, (_, c) => c + 1);
        const given = fillThoughts([1, K, donors.shape[2]], (into, _, c) => {
          if (c <= K - left) into.set(rowAt(donors, i, Math.min(c, thought) - 1));
        });
        const alone = await batch.model.run([symbolicWording.prompt(ITEMS[rows[i]])], {
          thoughts: K,
          replaceThought: supplyThoughts(given, held),
        });
        const [own, expected] = [thoughtsOf(run, at), thoughtsOf(alone, 0)];
        for (let c = 0; c < K; c++)
          own[c].forEach((x, d) => expect(x, `thought ${c + 1}`).toBeCloseTo(expected[c][d], 5));
        const [answer] = await readAnswers(alone, K, [ITEMS[rows[i]]], symbolicWording);
        expect(isCorrect(answers[at])).toBe(isCorrect(answer));
        // What was held is there to the bit.
        for (const c of held) expect(own[c - 1]).toEqual(thoughtOf(given, 0, c));
      }
    }
    // Item 0 up to thought 2, item 2 up to 3, item 1 up to 4; never more thoughts left than there are.
    expect(seen).toEqual([
      ...[0, 1, 2, 3].map((left) => `1 ${left}: 0 1 2`),
      ...[0, 1, 2].map((left) => `2 ${left}: 0 1 2`),
      ...[0, 1].map((left) => `3 ${left}: 1 2`),
      '4 0: 1',
    ]);
  });

  it('gives nothing where there is nothing to patch', async () => {
    const batch = batchOf();
    const { thoughts } = await batch.run();
    for await (const stalled of stallEach(batch, [], thoughts, [])) expect(stalled).toBeUndefined();
  });
});

describe('lastPatched', () => {
  it('is as many thoughts as a target needs, or twice as many where there are so many', () => {
    expect([3, 4].map((depth) => batchOf(3).lastPatched(depth))).toEqual([3, 3]);
    expect([3, 4].map((depth) => batchOf(7).lastPatched(depth))).toEqual([3, 4]);
    expect([3, 4].map((depth) => batchOf(8).lastPatched(depth))).toEqual([6, 8]);
  });
});
