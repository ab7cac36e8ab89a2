/**
 * What the models have in common whose thoughts show a search that does not give the answer, in the terms of
 * bfs-constants.ts and variant-constants.ts.
 */

/**
 * Score of the resting place beyond REST for those that are not to expand. No edge has more than MATCH for them:
 * 192 + 16 - 160 = 48.
 */
export const IDLE = 192;

/**
 * "Stands at `[A]`": beside it the neurons that answer have -64. They read at most 1 + 4 * 6 - 2 = 23 elsewhere, and at
 * `[A]` LayerNorm, off by 2e-5 there, makes 64 * 2e-5 = 1e-3 of it.
 */
export const AT_ANSWER = 64;

/**
 * A hidden node has at least 1 / sqrt(31 + 2) = 0.17 in a thought of 31 nodes with two hidden ones; what is not hidden, 0.
 */
export const HELD = { low: 0.05, high: 0.1, slope: 200 };
