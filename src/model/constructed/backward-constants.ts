/**
 * The numbers behind searches that carry both candidates' backward sets along (backward-hops.ts), in the terms of
 * bfs-constants.ts. tests/model/constructed/backward-constants.test.ts checks the inequalities.
 */

/** The most that a thought holds: three blocks of 31 nodes. Each has at least the amplitude 1 / sqrt(93) = 0.1037. */
export const MOST_HELD = 93;

/** An edge to follow has at least 512 / sqrt(93) = 53 and so beats the resting place (REST, 16) by 37. */
export const WIDE_MATCH = 512;

/** What is no edge, at most WIDE_MATCH, stays 80 below the resting place, WIDE_EDGE + REST. */
export const WIDE_EDGE = 576;

/** Score of `<eos>` where a head that looks back shall see nothing; at most 64 elsewhere (LOOK_BACK_SHARPNESS). */
export const NO_LOOK_BACK = 128;

/**
 * Backward: the root's position has AT_ROOT, and at least 1024 / sqrt(93) = 106 more where a set holds the root. Then it beats the
 * resting place, AT_ROOT + AT_ROOT_REST, by 58; else it stays 48 below. So does any other position, at most AT_ROOT_MATCH.
 */
export const AT_ROOT_MATCH = 1024;
export const AT_ROOT = 1024;
export const AT_ROOT_REST = 48;

/** Backward: elsewhere than at `[A]` the resting place has so much more, and beats AT_ROOT + AT_ROOT_MATCH by 1072. */
export const NOT_ASKED = 2048;

/** Bidirectional: two sets that meet in one node have a score of at least 8192 / 93 = 88, the resting place 44. */
export const MEET = 8192;
export const MEET_REST = 44;
