import { existsSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { itemGraph, readItems, type Item } from '../../../src/dataset/index.js';
import { breadthFirstDepths } from '../../../src/graph/index.js';
import { createCoconut } from '../../../src/model/index.js';
import type { HostTensor } from '../../../src/tensor/index.js';
import { SYMBOLIC_TOKENS, symbolicPrompt, symbolicWording } from '../../../src/tokenizer/index.js';
import { constructedBfs } from '../../../src/model/constructed/index.js';
import { createRandom } from '../../../src/random.js';
import { randomDag, shapes } from './adversarial-items.js';
import { expectAnswer, expectSuperposition, members } from './expectations.js';
import { batchesOf } from './variant-runs.js';

const OFFICIAL = '../shared/data/prosqa/prosqa_valid.json';
const ANSWER = [SYMBOLIC_TOKENS['[A]']];

/** The real forward pass: float32, batched, padded at the left, with cached keys and values. */
const model = createCoconut(constructedBfs());
afterAll(() => model.dispose());

/** Row i of the last axis. */
const rowOf = ({ data, shape }: HostTensor, i: number): number[] => {
  const width = shape.at(-1) ?? 0;
  return Array.from(data.subarray(i * width, (i + 1) * width));
};

/** Checks every thought and the answer after each of `asked`; `report` hears of every answer. */
async function checkSearch(
  items: readonly Item[],
  thoughts: number,
  asked: readonly number[],
  report: (item: Item, c: number, answer: number) => void = () => undefined,
): Promise<void> {
  const run = await model.run(
    items.map((item) => symbolicPrompt(item)),
    { thoughts, thoughtLogits: true },
  );
  const { thoughtLogits } = run;
  if (thoughtLogits === undefined) throw new Error('asked for');
  items.forEach((item, row) => {
    for (let c = 1; c <= thoughts; c++) {
      const logits = rowOf(thoughtLogits, row * thoughts + c - 1);
      expectSuperposition(logits, members(item, c), `${item.id}, thought ${c}`);
    }
  });
  for (const c of asked) {
    const next = await run.nextTokenLogits(c, ANSWER);
    items.forEach((item, row) => {
      const logits = rowOf(next, row);
      expectAnswer(logits, item, members(item, c));
      report(item, c, logits.indexOf(Math.max(...logits)));
    });
  }
}

describe('constructed-bfs in the forward pass of src/model', () => {
  it('searches adversarial graphs of very different lengths in one batch', async () => {
    await checkSearch(shapes(5), 10, [0, 2, 10]);
  });

  it('searches random directed acyclic graphs', async () => {
    const random = createRandom('forward pass');
    await checkSearch(
      Array.from({ length: 24 }, () => randomDag(random)),
      6,
      [0, 6],
    );
  });

  it('says the same alone and beside longer prompts, whose padding is masked', async () => {
    const items = shapes(6);
    const short = items.filter(({ edges }) => edges.length === 1);
    const beside = await model.run(
      items.map((item) => symbolicPrompt(item)),
      { thoughts: 2 },
    );
    const answers = await beside.nextTokenLogits(2, ANSWER);
    for (const item of short) {
      const alone = await model.nextTokenLogits([symbolicPrompt(item)], { thoughts: 2, suffix: ANSWER });
      const row = rowOf(answers, items.indexOf(item));
      // Logits up to 115, in float32.
      rowOf(alone, 0).forEach((logit, token) => expect(row[token]).toBeCloseTo(logit, 3));
    }
  });

  it('ends the text after the answer', async () => {
    const items = shapes(7).filter((item) => item.candidates.some((candidate) => members(item, 10).has(candidate)));
    const { ids, finished } = await model.generate(
      items.map((item) => symbolicPrompt(item)),
      { thoughts: 10, suffix: ANSWER, maxNewTokens: 3, eos: symbolicWording.eos },
    );
    expect(finished.every(Boolean)).toBe(true);
    items.forEach((item, row) => {
      expect(ids[row]).toHaveLength(1);
      expect(item.candidates).toContain(ids[row][0]);
      if (!item.candidates.every((candidate) => members(item, 10).has(candidate))) {
        expect(members(item, 10)).toContain(ids[row][0]);
      }
    });
  });
});

describe.skipIf(!existsSync(OFFICIAL))(`constructed-bfs on the official items (skipped without ${OFFICIAL})`, () => {
  it('answers by the budget law: right when the target is within k hops, even odds when it is not', async () => {
    const { items } = await readItems(OFFICIAL);
    const depth = new Map(items.map((item) => [item, breadthFirstDepths(itemGraph(item), item.root)[item.target]]));
    const budgets = [0, 1, 2, 3, 4, 5, 6];
    const counts = budgets.map(() => ({ within: 0, rightWithin: 0, deeper: 0, rightDeeper: 0 }));
    for (const some of batchesOf(items)) {
      await checkSearch(some, 6, budgets, (item, k, answer) => {
        const right = Number(answer === item.target);
        if ((depth.get(item) ?? 0) <= k) {
          counts[k].within++;
          counts[k].rightWithin += right;
        } else {
          counts[k].deeper++;
          counts[k].rightDeeper += right;
        }
      });
    }
    expect(counts.map(({ within }) => within)).toEqual([0, 0, 0, 124, 257, 293, 300]);
    expect(counts.map(({ rightWithin }) => rightWithin)).toEqual([0, 0, 0, 124, 257, 293, 300]);
    // A fair coin: 158 of 300 (two-sided p .39), 91 of 176 (.71), 19 of 43 (.54), 1 of 7 (.13).
    expect(counts.map(({ rightDeeper }) => rightDeeper)).toEqual([158, 158, 158, 91, 19, 1, 0]);
  });
});
