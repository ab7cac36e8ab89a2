import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { STEP_HIGH, STEP_LOW, STEP_SLOPE } from './bfs-constants.js';
import { copyFrom, expand } from './heads.js';
import type { Voice } from './neurons.js';
import { step } from './ramps.js';
import { featureOf, LAYOUT, symbolFeature, type Block } from './residual-layout.js';
import { SHARED_EDGE, SHARED_MATCH } from './search-constants.js';
import { WHOLE } from './variant-constants.js';
import type { WeightBuilder } from './weight-builder.js';

const { token, previous } = LAYOUT;

/**
 * A part of every thought that the head does not read: the final LayerNorm lets `hidden` through beside `token`, and no
 * token's embedding has any of it. First layer, head 2: `last` gets that part of the position before.
 */
export function passHidden(builder: WeightBuilder, hidden: Block, last: Block): void {
  builder.project('ln_f', hidden);
  copyFrom(1, last, builder.head(0, 2), hidden);
}

/** The root's position begins to search in `hidden`: two neurons of the first layer for each node. */
export function beginHidden(builder: WeightBuilder, hidden: Block): void {
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    const root = [[featureOf(token, node), 1] as const, [symbolFeature(previous, '[R]'), 2] as const];
    step(builder, 0, { features: root, bias: -2 }, WHOLE, featureOf(hidden, node), 1);
  }
}

/** One of two searches that share a thought's norm: follows the edges that leave the nodes of a block, into the block. */
export function searchShared(builder: WeightBuilder, { layer, amplitude }: Voice, head: number, block: Block): void {
  expand(builder.head(layer, head), { from: block, to: block, match: SHARED_MATCH, edge: SHARED_EDGE });
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    const found = featureOf(block, node);
    const shape = { low: STEP_LOW, high: STEP_HIGH, slope: STEP_SLOPE };
    step(builder, layer, { features: [[found, 1]] }, shape, found, amplitude);
  }
}
