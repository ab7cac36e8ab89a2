/**
 * What the variants of constructed-bfs have in common, in the terms of bfs-constants.ts; the tests beside
 * bfs-constants.test.ts check the inequalities.
 */

/**
 * Amplitude of a feature that every position has and nobody reads, in units. It makes the norm of the residual stream, and
 * so the scale of every LayerNorm, the same everywhere to one in a thousand: what a circuit adds, at most about one unit
 * for each of 31 nodes, is 31 / 128^2 = 0.2 % of the squared norm. So features can be read in units at any depth.
 */
export const BALLAST = 128;

/**
 * Amplitude of what a position says if nothing else is written there, in units. The ballast and what the token block
 * held before remain beneath it: 128 / 16384 of the norm and a logit of 128 / 16384 = 0.008.
 */
export const QUIET = 2 ** 14;

/**
 * Amplitude of the nodes that are written, in units. The quiet word remains beneath them with a logit of at most
 * 128 sqrt(31) / 65536 = 0.011. Squares stay below 1e21, far inside float32.
 */
export const LOUD = 2 ** 30;

/** Score of the one thing that a head looks for, by so much above its resting place, so that all else has 256 e^-24. */
export const SOUGHT = 48;
export const SOUGHT_REST = 24;

/**
 * Frontier: a visited node must not be written however large its expanded share, at most 1. Its share in `visited` is
 * at least 1 / (14 sqrt(29)) = 0.013 with 12 thoughts of 29 nodes among 14 positions: 128 * 0.013 = 1.7 > 1.
 */
export const AVOIDED = 128;

/**
 * Greedy: score of a position by its place in the prompt, from 0 to 1: two edges, at least 3 of 256 positions apart, differ by
 * 2048 * 3 / 256 = 24, so the later one has all but e^-24 of the attention.
 */
export const TILT = 2048;

/** Greedy: an edge to follow beats the resting place by at least MATCH - REST = 192 wherever it stands. */
export const GREEDY_MATCH = TILT + 256;
/** Greedy: what is no edge, at most MATCH + TILT, is below the resting place, EDGE + REST, by 64. */
export const GREEDY_EDGE = TILT + 256;
/** Greedy: the resting place beats the last edge that is not to be followed, EDGE + TILT, by 64. */
export const GREEDY_REST = TILT + 64;

/** A step for what is 0 or 1. */
export const WHOLE = { low: 0.4, high: 0.6, slope: 100 };

/**
 * Degree: score of an edge with the same target beyond other edges, and of edges beyond what is none: all else has a
 * share of 256 e^-24 = 1e-8.
 */
export const SAME_TARGET = 24;
export const SAME_EDGE = 24;

/**
 * Degree: score of a candidate for each unit of 1 / (1 + d). With d and d + 1 edges they differ by
 * 4096 / ((1 + d) (2 + d)), at d = 29 still by 4.4: shares of 0.988 and 0.012. If d is the same, rounding (2e-5 of
 * 1 / (1 + d)) makes a difference of 0.04 at most: shares of 0.51 and 0.49.
 */
export const FEWER = 4096;

/** Degree: what is no candidate, at most FEWER, stays 4096 below. */
export const FEWER_CANDIDATE = 2 * FEWER;

/** Degree: a candidate is preferred where its share is 0.988, not where it is 0.51. */
export const PREFERRED = { low: 0.6, high: 0.9, slope: 100 };

/**
 * Copy-through: score of an edge for each unit of its source, where every node of the search has the amplitude 1. An edge to
 * follow beats the resting place by 40 - 16 = 24, the resting place all other edges together by 16 (REST, MOST_EDGES).
 */
export const HOP = 40;

/**
 * Copy-through: amplitude of the mark at the root's position, four times the ballast. After LayerNorm it is
 * 512 * 128 / sqrt(512^2 + 128^2) = 124, of 128 that a whole vector has: the key of another vector is as large only if its
 * cosine with the mark is.
 */
export const REPORT = 4 * BALLAST;

/**
 * Copy-through: `[A]` gives the marked position 8 * 124 = 993. A vector of random numbers has the norm 128 over 256 features,
 * 8 each; with 5 times that in the mark its score is 320.
 */
export const REPORT_SCORE = 8;

/** Copy-through: where other positions rest; the root's position gets e^-16 there, times the loudness 4 and 2 units: 1e-6. */
export const REPORT_REST = 16;

/** Copy-through: `-SILENCED` at `[A]` is more than any feature after LayerNorm, 128, even at a fifth of its size. */
export const SILENCED = 1024;

/**
 * Copy-through: anything but `[R]` in `previous` of more than 0.2 is suspicious, and what exceeds that counts twice against the
 * mark. Not more: noise has a part in the suspicion's own feature too, and would be trusted for it. Noise of 39 features of
 * deviation x adds up to 39 (0.8 x - 0.2) for large x, far more than a `[R]` of 3 x.
 */
export const FOREIGN = { threshold: 0.2, slope: 64 };
export const SUSPICION = 2;

/**
 * Copy-through: a candidate is heard with 1 unit, one that the search found with 2, at `[A]` with thoughts of any size before
 * it at least a third of that; linear, to keep the tie-break. Anything else is below 1e-5.
 */
export const SPOKEN = { threshold: 0.02, slope: 512 };

/** Elimination: the only parent of a candidate has a share of 1 there, one of two has 1/2. */
export const SOLE = { low: 0.7, high: 0.8, slope: 100 };

/** Elimination: to be the only parent of a candidate costs so many edges. */
export const SOLE_CHARGE = 3;

/** Elimination: elsewhere than at the root's position `one` is 1 and `into` at most 2: 3 + 2 * 2 - 12 < 0. */
export const SOLE_GATE = 12;

/** Elimination: amplitude of a ban. Small, because 31 of them must not change the norm. */
export const BANNED = 1 / 64;

/**
 * Elimination: score of an edge for each unit of its source's share of all edges, of which one edge has at least 1 / 84: with
 * an edge less, 1024 / 84 = 12 less. A ban takes away 1024 * 2, the resting place is 1024 / 2 below an entity without
 * edges. Where edges were charged, the scale of LayerNorm, off by 1e-4 at most, makes a difference of 1 at most: such a tie
 * is one of 0.27 and 0.73.
 */
export const CHOICE = 1024;

/**
 * Elimination: an entity is chosen if it has a twentieth of the attention. At a tie each has its share by edges: one that has 4 and
 * was charged 3 leaves two that have 1 at least 1 / (4 e + 2) = 0.08 each. A ban alone is 0.016, and no tie at most 83 e^-12.
 */
export const CHOSEN = { low: 0.025, high: 0.04, slope: 1000 };

/**
 * Elimination: "is a candidate and not in the last thought" is a step on CANDIDATE_GATE (candidate share - 1/2) - thought: 0 if
 * so, at most -1 / sqrt(31) = -0.18 if the thought holds it, at most -2 if it is no candidate.
 */
export const NOT_FOUND = { low: -0.12, high: -0.06, slope: 200 };
