import type { Item } from '../../dataset/index.js';
import type { Coconut } from '../../model/index.js';
import type { Wording } from '../../tokenizer/index.js';
import { range } from '../kit/readout-result.js';
import type { Continuation } from './process-class.js';
import type { InterpolationObservation } from './read.js';

/**
 * Forces the end of latent mode after k = 0 .. `thoughts` thoughts and lets the model speak on greedily, in the way of
 * its wording: after `<|end-latent|>` in English; with nothing put into its mouth in the symbolic wording, where a
 * model that was trained with all stages mixed goes on with the path and then says `[A]` itself.
 *
 * @param items one batch
 * @throws LensError if an item does not fit the wording or the model
 */
export async function observeInterpolation(
  model: Coconut,
  items: readonly Item[],
  wording: Wording,
  thoughts: number,
): Promise<InterpolationObservation[]> {
  const { eos, decoding } = wording;
  const prompts = items.map((item) => wording.prompt(item));
  const run = await model.run(prompts, { thoughts });
  const continuations: Continuation[][] = items.map(() => []);
  for (const k of range(thoughts + 1)) {
    const { suffix, maxNewTokens, isSettled } = decoding;
    const { ids } = await run.generate(k, { suffix, eos, maxNewTokens, isSettled });
    items.forEach((item, row) =>
      continuations[row].push({
        path: decoding.pathOf(ids[row], item),
        answer: decoding.answerOf(ids[row], item) ?? null,
      }),
    );
  }
  return items.map((item, row) => ({
    item,
    firstNodeOffset: decoding.firstNodeOffset,
    continuations: continuations[row],
  }));
}
