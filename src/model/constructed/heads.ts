import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { CANDIDATE, CANDIDATE_REST, EDGE, LOOK_BACK_SHARPNESS, MATCH, REST, TIE_BREAK } from './bfs-constants.js';
import { IDLE } from './deceiver-constants.js';
import { lookBack, PARITY_FEATURE } from './position-code.js';
import { featureOf, LAYOUT, symbolFeature, type Block } from './residual-layout.js';
import type { Head, Reading } from './weight-builder.js';

const { token, previous, beforePrevious, candidates } = LAYOUT;

/** First layer: what stands `offset` positions back, a token or a thought, or what another block of it holds. */
export function copyFrom(offset: number, block: Block, head: Head, from = token): void {
  lookBack(head, offset, LOOK_BACK_SHARPNESS);
  for (let id = 0; id < from.size; id++) head.copy(featureOf(from, id), featureOf(block, id));
}

/** Gives `<eos>` a score for every query: where a head has nothing to do it looks there, and finds no node to copy. */
export function rest(head: Head, score: number): void {
  head.score({ bias: 1 }, { features: [[symbolFeature(token, '<eos>'), score]] });
}

/** What an expansion head follows edges from, and where it writes. */
export interface Expansion {
  /** The block that holds the nodes whose edges are followed. */
  readonly from?: Block;
  /** The block that gets their targets. */
  readonly to?: Block;
  /** Score of an edge for each unit of its source. */
  readonly match?: number;
  /** Score of what is an edge. */
  readonly edge?: number;
  /** Score of the resting place beyond that of an edge. */
  readonly resting?: number;
  /** What is written for all of the attention. */
  readonly weight?: number;
  /** The feature, 0 or 1, of the positions that expand; all others rest. Default: every position expands. */
  readonly asker?: number;
}

/**
 * Expansion: a position is the target of an edge exactly when `|` or `<eos>` stands two before it, and then its previous
 * token is the source. `b` in `[Q] a b` has `[Q]` there, so it is none. Targets of edges that leave the nodes of `from`
 * are added to `to`, each with its share of the attention.
 */
export function expand(
  head: Head,
  { from = token, to = token, match = MATCH, edge = EDGE, resting = REST, weight = 1, asker }: Expansion = {},
): void {
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    head.score({ features: [[featureOf(from, node), 1]] }, { features: [[featureOf(previous, node), match]] });
    head.copy(featureOf(token, node), featureOf(to, node), weight);
  }
  head.score(asker === undefined ? { bias: 1 } : { features: [[asker, 1]] }, edgeKey(edge));
  if (asker !== undefined) {
    head.score({ features: [[asker, -1]], bias: 1 }, { features: [[symbolFeature(token, '<eos>'), IDLE]] });
  }
  // <eos> itself has <eos> two before it, for want of anything else to look at: it scores edge + resting.
  rest(head, resting);
}

/** What is large at the targets of edges (and at `<eos>`). */
export function edgeKey(score: number): Reading {
  const symbols = ['|', '<eos>'] as const;
  return { features: symbols.map((symbol) => [symbolFeature(beforePrevious, symbol), score] as const) };
}

/** What is large at the two candidates. */
export function candidateKey(score: number): Reading {
  return {
    features: [
      [symbolFeature(previous, '[Q]'), score],
      [symbolFeature(beforePrevious, '[Q]'), score],
    ],
  };
}

/**
 * Candidates: the position that has the feature `asker`, as a rule `[A]`, looks at the two positions after `[Q]`; every
 * other position rests.
 */
export function collectCandidates(head: Head, asker = symbolFeature(token, '[A]')): void {
  const { features = [] } = candidateKey(CANDIDATE);
  head.score({ features: [[asker, 1]] }, { features: [...features, [PARITY_FEATURE, TIE_BREAK]] });
  rest(head, CANDIDATE_REST);
  for (let node = 0; node < SYMBOLIC_NODES; node++) head.copy(featureOf(token, node), featureOf(candidates, node));
}
