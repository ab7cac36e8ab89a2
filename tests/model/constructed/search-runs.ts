import type { Item } from '../../../src/dataset/index.js';
import type { Coconut } from '../../../src/model/index.js';
import { symbolicPrompt } from '../../../src/tokenizer/index.js';
import { expectAnswer, expectSuperposition, members } from './expectations.js';
import { ANSWER, rowOf } from './variant-runs.js';

/**
 * Runs the items on constructed-bfs and checks every thought, and the answer after each number of thoughts in `asked`;
 * `report` hears of every answer.
 */
export async function checkSearch(
  model: Coconut,
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
