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

/** Late answer, replayed search: `[A]` and what follows it do not look back for the root: 512 against 64. */
export const NOT_LATE = 512;

/**
 * Late answer: at thought c a candidate at depth D has 7 - D + c + 1/2, or less if D > 6: 5 1/2 where it is needed in the
 * next thought. LayerNorm makes 0.15 % of it, 0.015.
 */
export const DUE = {
  from: { low: 5.15, high: 5.3, slope: 200 },
  until: { low: 5.7, high: 5.85, slope: 200 },
};

/**
 * Late answer in sight: loudness that a released candidate has beside that of a node of the search, 1. So it has 2 or 3, and is
 * loud if it exceeds 3/2 of the level: by 1/2 / sqrt(30 + 4 + 1) = 0.085 at least, where others stay below 0.
 */
export const LOUDER = 2;
export const LOUD_FROM = 1.5;
export const IS_LOUD = { low: 0.03, high: 0.055, slope: 400 };

/** Late answer in sight: amplitude of the note that a node is loud. */
export const NOTED = 1 / 2;

/**
 * Late answer in sight: LOUDER x level is taken from what is noted, where 4 x note - 2 is 0; elsewhere -2, and
 * LOUDER x level at most 1.42. LayerNorm makes up to -0.002 of it; with 0.001 more what remains is far below STEP_LOW.
 */
export const NOTE_GATE = { weight: 4, threshold: -0.001, slope: 512 };

/**
 * Hidden path: amplitude of a parent, and of a candidate where it is told apart from the other, beside 1 for a node of the
 * path and at most 1 for having met the root.
 */
export const TAKEN = 4;

/** Hidden path: the parent, 4, or, with 2 for having none, the node itself, 3; all else has at most 2. */
export const RESTING = 2;
export const TO_BE_NEXT = { low: 2.4, high: 2.6, slope: 100 };

/** Hidden path: a candidate, 4, whose path has met the root, another 4; all else has at most 1 + 4. */
export const MET = { low: 6, high: 7, slope: 100 };

/** Hidden path: keeps neurons silent that would read at most 4 + 2, or 1 + 4 + 4. */
export const QUENCHED = 32;

/** Hidden path: `[A]` does not walk: edges have at most 2304 + 2304 + 2048, the resting place 4416 without this. */
export const ARRIVED = 8192;

/**
 * Hidden path: amplitude of the last place. Small, because the candidates' positions, one after the other, must have the same
 * norm but for far less than the tie-break: 48 * PLACE^2 / 256 / 16403 = 4.5e-8 of 2.4e-4.
 */
export const PLACE = 1 / 16;

/**
 * Replayed search: only the root's position counts. Elsewhere `reached` is at most 1, and 3/2 is taken away; there 31 nodes
 * of age 6 / 8 change the norm by 0.15 %, which makes 0.0022, and the least share is 0.012.
 */
export const COUNTING = 1.5;

/** Replayed search: what a layer adds to the age of a node. Small, because 31 nodes must not change the norm. */
export const AGED = 1 / 8;

/**
 * Replayed search: at thought c a node at depth D has 7 - D + c, 6 or more if D <= c + 1, else 5 or less; LayerNorm makes 0.15 %
 * of it. The clock stops at 5, so that what is not reached has 5 at most.
 */
export const IN_TIME = { low: 5.3, high: 5.6, slope: 200 };
