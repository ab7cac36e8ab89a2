import type { Item } from '../dataset/index.js';
import { rowAt, type CoconutRun } from '../model/index.js';
import { spokenSymbolicWording, type Wording } from '../tokenizer/index.js';
import { LensError } from '../errors.js';
import { logSumExp } from '../statistics/index.js';
import type { Answer } from './metrics.js';

/**
 * How probable a run's answers are after its first c thoughts and the wording's suffix, whatever else it could say.
 *
 * - Where the answer is one token: the softmax over the whole vocabulary, in float64 from the float32 logits.
 * - Where it is text: the probability of the whole answer, end token included, said at once; the decoy's is what would be
 *   the answer if it were the target. The normaliser of each token is float32 (`CoconutRun.score`). A model that reasons in
 *   language first says its answer at once with next to no probability: `preference` still compares the two.
 *
 * @param c 0 .. the run's number of thoughts
 * @param items those of the run's prompts, in their order
 * @returns one per item
 * @throws LensError if there are not as many items as prompts, a logit is not finite, an item does not fit the wording, or
 * the wording's answers only follow other text (`spokenSymbolicWording`)
 */
export async function readAnswers(
  run: CoconutRun,
  c: number,
  items: readonly Item[],
  wording: Wording,
): Promise<Answer[]> {
  const [batch] = run.thoughts.shape;
  if (items.length !== batch) {
    throw new LensError(
      'items',
      `not one per prompt of the run (${items.length} items, ${batch} prompts)`,
      'give the items that were run',
      'usage',
    );
  }
  switch (wording.answering.kind) {
    case 'token':
      return answersOfTokens(run, c, items, wording);
    case 'text':
      return answersInText(run, c, items, wording);
  }
}

async function answersOfTokens(
  run: CoconutRun,
  c: number,
  items: readonly Item[],
  wording: Wording,
): Promise<Answer[]> {
  const all = await run.nextTokenLogits(c, wording.suffix);
  return items.map((item, row) => {
    const logits = rowAt(all, row);
    const normaliser = logNormaliser(item, logits);
    const logOf = (node: number): number => logits[wording.nodeToken(item, node)] - normaliser;
    return { target: logOf(item.target), decoy: logOf(item.decoy) };
  });
}

async function answersInText(run: CoconutRun, c: number, items: readonly Item[], wording: Wording): Promise<Answer[]> {
  if (wording === spokenSymbolicWording) {
    throw new LensError(
      'answers',
      'the wording says a path before its answer (spokenSymbolicWording)',
      'let the model generate, and read `answerOf`',
      'usage',
    );
  }
  const answers = items.map((item) => [
    wording.answer(item),
    wording.answer({ ...item, target: item.decoy, decoy: item.target }),
  ]);
  const scores = await run.score(c, answers, { prefix: wording.suffix });
  return scores.map(([target, decoy]) => ({ target: target.total, decoy: decoy.total }));
}

/** log of the sum of exp(logit), in float64. @throws LensError naming the item */
function logNormaliser(item: Item, logits: ArrayLike<number>): number {
  for (let token = 0; token < logits.length; token++) {
    if (!Number.isFinite(logits[token])) {
      throw new LensError(
        `item ${item.id}`,
        `logits of the answer are not finite (${logits[token]})`,
        'check the checkpoint, or what was put in place of thoughts: the forward pass overflows on this item',
      );
    }
  }
  return logSumExp(logits);
}
