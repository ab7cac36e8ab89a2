/**
 * What the further searches have in common, in the terms of bfs-constants.ts and variant-constants.ts;
 * tests/model/constructed/search-constants.test.ts checks the inequalities.
 */

/**
 * Two hops: what the resting place gets beyond its score where a head must not expand. An edge to follow has at most
 * EDGE + MATCH, the resting place there EDGE + REST + HELD_BACK: 256 + 16 - 160 = 112 more.
 */
export const HELD_BACK = 256;

/**
 * Hidden thoughts: two sets of up to 31 nodes share a thought's norm, 1 / sqrt(62) each. An edge to follow beats the resting
 * place by 256 / sqrt(62) - 16 = 16.5.
 */
export const SHARED_MATCH = 256;
/** Hidden thoughts: what is no edge, at most SHARED_MATCH, is 32 below what is one. */
export const SHARED_EDGE = SHARED_MATCH + 32;
