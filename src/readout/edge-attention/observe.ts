import type { Item } from '../../dataset/index.js';
import type { Coconut, ThoughtTrace } from '../../model/index.js';
import type { Wording } from '../../tokenizer/index.js';
import { LensError } from '../../errors.js';
import { range } from '../kit/readout-result.js';
import type { EdgeAttentionObservation } from './read.js';

/**
 * Attention of the last position to the edges, where 0 .. `thoughts` thoughts have been read. Only the sums per edge are
 * kept of a batch.
 *
 * @param items one batch
 * @param layer block from 0, as in the names of activations; default the last
 * @throws LensError if the wording is not the symbolic one, where an edge is three tokens, or there is no such layer
 */
export async function observeEdgeAttention(
  model: Coconut,
  items: readonly Item[],
  wording: Wording,
  thoughts: number,
  layer = model.config.nLayer - 1,
): Promise<EdgeAttentionObservation[]> {
  if (wording.tokenizer.name !== 'symbolic') {
    throw new LensError(
      'edge-attention',
      `sums over the three tokens of an edge, which only the symbolic wording has (${wording.tokenizer.name})`,
      'use a model with the symbolic wording',
      'usage',
    );
  }
  const { nLayer, nHead: heads } = model.config;
  if (layer >= nLayer) {
    throw new LensError('--layer', `no such layer (${layer})`, `the model has layers 0 to ${nLayer - 1}`, 'usage');
  }
  const prompts = items.map((item) => wording.prompt(item));
  const names = range(thoughts + 1).map((n) => `pass.${n}.blocks.${layer}.attn.hook_pattern`);
  const trace = await model.runWithTrace(prompts, { thoughts, activations: names });
  return items.map((item, row) => ({
    item,
    layer,
    heads,
    after: names.map((name, n) => ({
      attention: item.edges.map((_, edge) =>
        attentionTo(
          trace,
          name,
          row,
          [1, 2, 3].map((i) => 3 * edge + i),
        ),
      ),
      positions: prompts[row].length + n,
    })),
  }));
}

/**
 * Attention of a pass's last position to some tokens of a prompt, summed over heads.
 *
 * @param at positions in the prompt, from 0
 */
function attentionTo(trace: ThoughtTrace, name: string, row: number, at: readonly number[]): number {
  const pattern = trace.activations.get(name);
  if (pattern === undefined) throw new Error(`${name} was not traced`);
  const [, heads, queries, keys] = pattern.shape;
  let sum = 0;
  for (let head = 0; head < heads; head++) {
    const from = ((row * heads + head) * queries + queries - 1) * keys + trace.padding[row];
    for (const position of at) sum += pattern.data[from + position];
  }
  return sum;
}
