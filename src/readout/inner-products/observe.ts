import type { Item } from '../../dataset/index.js';
import type { Coconut } from '../../model/index.js';
import type { Wording } from '../../tokenizer/index.js';
import { range } from '../kit/readout-result.js';
import type { InnerProductObservation } from './read.js';

/**
 * Inner products of thoughts 1 .. `thoughts` with the token embeddings of the nodes: the input embeddings, without
 * positions. In English a node is its name's first token, which nodes may share.
 *
 * @param items one batch
 * @throws LensError if an item does not fit the wording or the model
 */
export async function observeInnerProducts(
  model: Coconut,
  items: readonly Item[],
  wording: Wording,
  thoughts: number,
): Promise<InnerProductObservation[]> {
  const prompts = items.map((item) => wording.prompt(item));
  const { data } = (await model.run(prompts, { thoughts })).thoughts;
  const { nEmbd: width } = model.config;
  const embeddings = model.weights.tensors['wte.weight'].data;
  return items.map((item, row) => ({
    item,
    products: range(thoughts).map((c) => {
      const thought = data.subarray((row * thoughts + c) * width, (row * thoughts + c + 1) * width);
      return item.names.map((_, node) => {
        const from = wording.nodeToken(item, node) * width;
        let sum = 0;
        for (let i = 0; i < width; i++) sum += thought[i] * embeddings[from + i];
        return sum;
      });
    }),
  }));
}
