import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { STEP_HIGH, STEP_LOW, STEP_SLOPE } from './bfs-constants.js';
import { expand } from './heads.js';
import { linear, step } from './ramps.js';
import { featureOf, LAYOUT, symbolFeature, type Block } from './residual-layout.js';
import { HELD_BACK, HOP_EDGE } from './search-constants.js';
import { HOP } from './variant-constants.js';
import type { WeightBuilder } from './weight-builder.js';

const { token, previous } = LAYOUT;

/** The first of two hops within one thought. */
export interface FirstHop {
  readonly layer: number;
  /** Gets the nodes that stand here and what the hop adds, with the amplitude 1 each. */
  readonly reached: Block;
  /** Whether only the root's position takes this hop; `reached` is then elsewhere what stands there. */
  readonly onlyAtRoot: boolean;
}

/**
 * The first hop of two, in the head 0 and four neurons for each node. Tokens stay as they are: the second hop takes
 * targets of edges from `token`, so that what the prompt's positions have reached does not count.
 */
export function takeFirstHop(builder: WeightBuilder, { layer, reached, onlyAtRoot }: FirstHop): void {
  const head = builder.head(layer, 0);
  expand(head, { to: reached });
  if (onlyAtRoot) {
    const elsewhere = { features: [[symbolFeature(previous, '[R]'), -1] as const], bias: 1 };
    head.score(elsewhere, { features: [[symbolFeature(token, '<eos>'), HELD_BACK]] });
  }
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    const found = featureOf(reached, node);
    linear(builder, layer, found, found, -1);
    const either = [[found, 1] as const, [featureOf(token, node), 1] as const];
    step(builder, layer, { features: either }, { low: STEP_LOW, high: STEP_HIGH, slope: STEP_SLOPE }, found, 1);
  }
}

/** The second hop, from the nodes of `reached`, which have the amplitude 1. */
export function takeSecondHop(builder: WeightBuilder, layer: number, reached: Block): void {
  expand(builder.head(layer, 0), { from: reached, to: reached, match: HOP, edge: HOP_EDGE });
}
