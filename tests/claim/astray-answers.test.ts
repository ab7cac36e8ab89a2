import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { astrayAnswers, type AstrayQuestion } from '../../src/claim/astray-answers.js';
import { Batch } from '../../src/claim/batch.js';
import { drawBatteryItems } from '../../src/claim/index.js';
import { twinsOf } from '../../src/claim/twins.js';
import { itemSearch } from '../../src/dataset/index.js';
import { CONSTRUCTED, createCoconut, type Coconut, type ConstructedName } from '../../src/model/index.js';
import { symbolicWording } from '../../src/tokenizer/index.js';

const ITEMS = drawBatteryItems(53, 24, { nodes: 16, maxDepth: 4, depthGap: 1 });
const K = 4;

describe.each(['bfs', 'copy-through'] satisfies ConstructedName[])('astrayAnswers of constructed %s', (name) => {
  let model: Coconut;
  let batch: Batch;
  let found: ReadonlyMap<number, readonly AstrayQuestion[]>;

  beforeAll(async () => {
    model = createCoconut(CONSTRUCTED[name].build());
    batch = new Batch({
      model,
      wording: symbolicWording,
      items: ITEMS,
      thoughts: K,
      depths: { least: 3, greatest: 4 },
      seed: 1,
      pool: { items: [], thoughts: { shape: [0, K, 0], dtype: 'float32', data: new Float32Array(0) } },
      criteriaOnly: true,
    });
    found = await astrayAnswers(batch);
  });
  afterAll(() => model.dispose());

  it('asks items and their twins, after each thought that a target needs, with one more thought and two', async () => {
    const twins = await twinsOf(batch);
    expect([...found.keys()]).toEqual([...ITEMS.keys()]);
    let questions = 0;
    for (const [row, asked] of found) {
      const depths = [ITEMS[row], ...(twins?.items.filter((_, i) => twins.rows[i] === row) ?? [])].map(
        (item) => itemSearch(item).depth,
      );
      expect(asked.length).toBeLessThanOrEqual(depths.length);
      for (const { depth, cutAt, from, stalled, atOnce } of asked) {
        questions++;
        expect(depths).toContain(depth);
        expect(cutAt).toBeLessThanOrEqual(from);
        // The donor's own answer is as deep as items ask about.
        expect([3, 4]).toContain(from + 1);
        const cells = Array.from({ length: Math.min(depth, K) }, (_, i) => i + 1).flatMap((t) =>
          [1, 2].filter((n) => t + n <= K).map((n) => `${t} ${n}`),
        );
        for (const way of [stalled, atOnce]) expect(way.map((one) => `${one.thought} ${one.left}`)).toEqual(cells);
      }
    }
    expect(questions).toBeGreaterThan(10);
  });

  it('loses the answer where thoughts decide, and keeps it where it comes from the prompt', () => {
    const shares = [...found.values()].flatMap((asked) =>
      asked.flatMap(({ depth, cutAt, from, atOnce }) =>
        atOnce
          .filter(({ thought, left }) => thought >= cutAt && thought <= from && thought + left === depth)
          .map(({ right }) => right),
      ),
    );
    expect(shares.length).toBeGreaterThan(15);
    const share = shares.reduce((sum, one) => sum + one, 0) / shares.length;
    if (name === 'bfs') expect(Math.abs(share - 0.5)).toBeLessThan(0.3);
    else expect(share).toBeGreaterThan(0.95);
  });
});
