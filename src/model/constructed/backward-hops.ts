import type { Gpt2Config } from '../../checkpoint/index.js';
import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { NO_LOOK_BACK, WIDE_EDGE, WIDE_MATCH } from './backward-constants.js';
import { EDGE, LOOK_BACK_SHARPNESS, REST } from './bfs-constants.js';
import { edgeKey, rest, type Expansion } from './heads.js';
import { notAtAnswer, SOME } from './picks.js';
import { lookBack } from './position-code.js';
import { step } from './ramps.js';
import { featureOf, furtherBlocks, LAYOUT, symbolFeature, type Block } from './residual-layout.js';
import { steadyStream } from './steady-stream.js';
import { HOP, LOUD, WHOLE } from './variant-constants.js';
import type { Head, WeightBuilder } from './weight-builder.js';

const { token, previous, beforePrevious } = LAYOUT;

/** Expansion against the direction of the edges: sources of edges that lead to the nodes of `from` are added to `to`. */
export function expandBackward(
  head: Head,
  { from = token, to = from, match = HOP, edge = EDGE, resting = REST, weight = 1 }: Expansion,
): void {
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    head.score({ features: [[featureOf(from, node), 1]] }, { features: [[featureOf(token, node), match]] });
    head.copy(featureOf(previous, node), featureOf(to, node), weight);
  }
  head.score({ bias: 1 }, edgeKey(edge));
  rest(head, resting);
}

/**
 * What a thought holds beside what the head shows: `toFirst` and `toSecond`, the nodes from which the first and the second
 * candidate are reached. `third`: what stands three positions back, but at `[A]` nothing.
 */
export const BACKWARD = furtherBlocks([
  ['toFirst', SYMBOLIC_NODES],
  ['toSecond', SYMBOLIC_NODES],
  ['third', SYMBOLIC_NODES],
  ['ballast', 1],
]);

const { toFirst, toSecond, third, ballast } = BACKWARD;

/** How many features {@link BACKWARD} has. */
export const BACKWARD_FEATURES = Object.values(BACKWARD).reduce((sum, { size }) => sum + size, 0);

const afterRoot = symbolFeature(previous, '[R]');
const eos = symbolFeature(token, '<eos>');
const nodes = Array.from({ length: SYMBOLIC_NODES }, (_, node) => node);

/**
 * Begins a model of two layers whose thoughts carry both backward sets, which the LM head does not read. After the first layer
 * the root's position, which has the candidates three and two positions before it, holds each as a set of one.
 */
export function backwardStream(config: Gpt2Config): WeightBuilder {
  const builder = steadyStream(config, featureOf(ballast, 0));
  for (const block of [toFirst, toSecond]) builder.project('ln_f', block);
  const looking = builder.head(0, 2);
  lookBack(looking, 3, LOOK_BACK_SHARPNESS);
  looking.score({ features: [[symbolFeature(token, '[A]'), 1]] }, { features: [[eos, NO_LOOK_BACK]] });
  for (const node of nodes) {
    looking.copy(featureOf(token, node), featureOf(third, node));
    for (const [from, to] of [
      [third, toFirst],
      [beforePrevious, toSecond],
    ] as const) {
      const start = { features: [[featureOf(from, node), 1] as const, [afterRoot, 1] as const], bias: -1 };
      step(builder, 0, start, WHOLE, featureOf(to, node), 1);
    }
  }
  return builder;
}

/** In the second layer, with heads 0 and 1, both backward sets take a hop, and the next thought gets them. */
export function hopBackward(builder: WeightBuilder): void {
  [toFirst, toSecond].forEach((from, index) => {
    expandBackward(builder.head(1, index), { from, match: WIDE_MATCH, edge: WIDE_EDGE });
    hold(builder, [from], from);
  });
}

/** In the second layer the next thought gets all nodes of which any of the blocks has some share, but not at `[A]`. */
export function hold(builder: WeightBuilder, blocks: readonly Block[], to: Block): void {
  for (const node of nodes) {
    const some = { features: [...blocks.map((block) => [featureOf(block, node), 1] as const), notAtAnswer] };
    step(builder, 1, some, SOME, featureOf(to, node), LOUD);
  }
}
