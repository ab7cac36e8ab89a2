/**
 * What the further searches have in common, in the terms of bfs-constants.ts and variant-constants.ts;
 * tests/model/constructed/search-constants.test.ts checks the inequalities.
 */

/**
 * Two hops: what the resting place gets beyond its score where a head must not expand. An edge to follow has at most
 * EDGE + MATCH, the resting place there EDGE + REST + HELD_BACK: 256 + 16 - 160 = 112 more.
 */
export const HELD_BACK = 256;
