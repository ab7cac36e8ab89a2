import type { Item } from '../../dataset/index.js';
import type { Coconut } from '../../model/index.js';
import type { Wording } from '../../tokenizer/index.js';
import { range } from '../kit/readout-result.js';
import type { Said } from './process-class.js';
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
  const { eos, speech } = wording;
  const prompts = items.map((item) => wording.prompt(item));
  const run = await model.run(prompts, { thoughts });
  const said: Said[][] = items.map(() => []);
  for (const k of range(thoughts + 1)) {
    const { suffix, maxNewTokens } = speech;
    const { ids } = await run.generate(k, { suffix, eos, maxNewTokens });
    items.forEach((item, row) =>
      said[row].push({ path: speech.pathOf(ids[row], item), answer: speech.answerOf(ids[row], item) ?? null }),
    );
  }
  return items.map((item, row) => ({ item, lead: speech.lead, said: said[row] }));
}
