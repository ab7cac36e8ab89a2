import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { STEP_HIGH, STEP_LOW, STEP_SLOPE } from './bfs-constants.js';
import { expand } from './heads.js';
import { linear, step, type Step } from './ramps.js';
import { featureOf, LAYOUT, type Block } from './residual-layout.js';
import { HOP } from './variant-constants.js';
import type { WeightBuilder } from './weight-builder.js';

const { token } = LAYOUT;

/** A search through the layers, without any thought. */
export interface PromptSearch {
  /** What has been found so far: 1 for every node. */
  readonly reached: Block;
  /** The layers from 1 to this one take a hop each. */
  readonly hops: number;
  /** The feature of the positions that search; all others keep what they start with. Default: every position searches. */
  readonly asker?: number;
  /** After the last hop what it found is left in `reached`, one share of the attention for each edge. Default: removed. */
  readonly keep?: boolean;
}

/** What tells a node that a hop has found. */
export const FOUND: Step = { low: STEP_LOW, high: STEP_HIGH, slope: STEP_SLOPE };

/** Breadth-first search from the nodes that stand at a position, one hop in each layer's first head. */
export function searchPrompt(builder: WeightBuilder, { reached, hops, asker, keep = false }: PromptSearch): void {
  const gate = asker === undefined ? {} : { asker };
  for (let layer = 1; layer <= hops; layer++) {
    const first = layer === 1;
    const last = layer === hops;
    // The search starts from the token; later it has the amplitude 1 for every node, however many there are.
    expand(builder.head(layer, 0), { ...(first ? {} : { from: reached, match: HOP }), to: reached, ...gate });
    if (last && keep) continue;
    for (let node = 0; node < SYMBOLIC_NODES; node++) {
      const found = featureOf(reached, node);
      linear(builder, layer, found, found, -1);
      const start = first ? ([[featureOf(token, node), 1]] as const) : [];
      if (!last) step(builder, layer, { features: [[found, 1], ...start] }, FOUND, found, 1);
    }
  }
}
