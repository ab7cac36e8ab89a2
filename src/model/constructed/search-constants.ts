/**
 * What the further searches have in common, in the terms of bfs-constants.ts and variant-constants.ts;
 * tests/model/constructed/search-constants.test.ts checks the inequalities.
 */

/**
 * Two hops: score of an edge beside HOP. A thought, which is no edge, may have 31 nodes of amplitude 1 / sqrt(31) in `previous`:
 * HOP sqrt(31) = 223 together.
 */
export const HOP_EDGE = 256;

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

/** Hidden thoughts: steps between what no set holds and 1 / sqrt(62) = 0.127. */
export const SHARED_REACHED = { low: 0.04, high: 0.08, slope: 250 };
export const SHARED_NOT_FOUND = { low: -0.08, high: -0.04, slope: 250 };

/**
 * Walk counts: the smallest amplitude that is followed. A node with less than half of it is
 * lost in the next step. In 1000 random items the
 * smallest is 1/35 within 12 edges.
 */
export const LEAST_COUNT = 1 / 128;

/**
 * Walk counts: the logarithm is taken piece by piece between amplitudes that are 1.5 apart, where a chord is at most
 * ln(1.5)^2 / 8 = 0.021 below it. So two counts that are equal may differ by 2 % more after every step.
 */
export const COUNT_RATIO = 1.5;
export const LOG_COUNT_RATIO = 0.4054651081081644;
/** Walk counts: 1.5^12 / 128 = 1.01 is more than the greatest amplitude. */
export const COUNT_PIECES = 12;
/**
 * Walk counts: a corner's rounding is 3 / 64 of its place wide, less than a tenth of a piece; it is off by 0.17 / 64 of the
 * change of slope, 0.002 in the logarithm.
 */
export const COUNT_CORNER = 64;

/**
 * Walk counts: score of an edge to follow, beside the logarithm. It beats the resting place by 64 - 32, the resting place all
 * other edges together by 32 - ln(83) = 27.
 */
export const WALK = 64;
export const WALK_REST = 32;
/**
 * Walk counts: a thought, which is no edge, may have 31 nodes of amplitude 1 / sqrt(31) in `previous`, each of which scores at
 * most 64 + 12 ln(1.5) = 69: 384 together.
 */
export const WALK_EDGE = 416;
/** Walk counts: a feature holds a 64th of the score, so that 31 of them do not change the norm. */
export const SCORE_UNIT = 64;

/**
 * Mixture: what silences an answer where the other one is asked for. A candidate's share, 1/2, and what a thought holds of it, at
 * most 1, stay 3 below 0.
 */
export const ELSE = 4;

/** Mixture: node numbers are taken in steps of 12, which has no factor of 31, so that any share of them is spread evenly. */
export const SPREAD = 12;
