import { SYMBOLIC_NODES, symbolicTokenizer } from '../../tokenizer/index.js';
import { CANDIDATE, CANDIDATE_REST, EDGE, LOOK_BACK_SHARPNESS, MATCH, REST, TIE_BREAK } from './bfs-constants.js';
import { lookBack, PARITY_FEATURE } from './position-code.js';
import { featureOf, LAYOUT, symbolFeature, type Block } from './residual-layout.js';
import type { Head } from './weight-builder.js';

const { token, previous, beforePrevious, candidates } = LAYOUT;

/** Layer 1: what stands `offset` positions back, a token or a thought. */
export function copyFrom(offset: number, block: Block, head: Head): void {
  lookBack(head, offset, LOOK_BACK_SHARPNESS);
  for (let id = 0; id < symbolicTokenizer.vocabularySize; id++) head.copy(featureOf(token, id), featureOf(block, id));
}

/** Gives `<eos>` a score for every query: where a head has nothing to do it looks there, and finds no node to copy. */
export function rest(head: Head, score: number): void {
  head.score({ bias: 1 }, { features: [[symbolFeature(token, '<eos>'), score]] });
}

/**
 * Layer 2, expansion: a position is the target of an edge exactly when `|` or `<eos>` stands two before it, and then
 * its previous token is the source. `b` in `[Q] a b` has `[Q]` there, so it is none. Targets of edges that leave the
 * thought are added to it, each with its share of the attention.
 */
export function expand(head: Head): void {
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    head.score({ features: [[featureOf(token, node), 1]] }, { features: [[featureOf(previous, node), MATCH]] });
    head.copy(featureOf(token, node), featureOf(token, node));
  }
  const precedesEdge = (['|', '<eos>'] as const).map(
    (symbol) => [symbolFeature(beforePrevious, symbol), EDGE] as const,
  );
  head.score({ bias: 1 }, { features: precedesEdge });
  // <eos> itself has <eos> two before it, for want of anything else to look at: it scores EDGE + REST.
  rest(head, REST);
}

/** Layer 2, candidates: `[A]` looks at the two positions after `[Q]`; every other position rests. */
export function collectCandidates(head: Head): void {
  head.score(
    { features: [[symbolFeature(token, '[A]'), 1]] },
    {
      features: [
        [symbolFeature(previous, '[Q]'), CANDIDATE],
        [symbolFeature(beforePrevious, '[Q]'), CANDIDATE],
        [PARITY_FEATURE, TIE_BREAK],
      ],
    },
  );
  rest(head, CANDIDATE_REST);
  for (let node = 0; node < SYMBOLIC_NODES; node++) head.copy(featureOf(token, node), featureOf(candidates, node));
}
