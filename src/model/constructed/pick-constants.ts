/**
 * The numbers behind the heads that pick one edge (picks.ts), in the terms of bfs-constants.ts and variant-constants.ts.
 * `TILT` (2048) is what the place of an edge adds to its score, from the first position to the last; two edges differ by
 * at least 24. tests/model/constructed/pick-constants.test.ts checks the inequalities.
 */
import { TILT } from './variant-constants.js';

/**
 * Place of the last position. Its square changes the norm by 1/64 of 16403 from the first position to the last, so the scores
 * of the two candidates, next to each other, by 48 (1/64) (1/256) / 16403 = 2e-7: nothing beside the tie-break.
 */
export const FARTHEST = 1 / 8;

/** The most nodes that a thought of a beam holds: each has at least the amplitude 1 / sqrt(3). */
export const WIDEST_BEAM = 3;

/** What an edge to a preferred node has beyond others: more than the place of any other can add, by 256. */
export const PREFERRED_EDGE = TILT + 256;

/** The resting place beats an edge that is not to be followed, at most TILT + PREFERRED_EDGE, by 128. */
export const PICK_REST = TILT + PREFERRED_EDGE + 128;

/** An edge to follow has at least 8192 / sqrt(3) = 4729 and so beats the resting place, 4480, by 249, wherever it stands. */
export const PICK_MATCH = 8192;

/** What is no edge, at most PICK_MATCH + TILT + PREFERRED_EDGE, stays 128 below the resting place, PICK_EDGE + PICK_REST. */
export const PICK_EDGE = 8192;

/** An edge to a node that was picked, at most PICK_MATCH + TILT + PREFERRED_EDGE without this, stays 2176 below it as well. */
export const TAKEN = 10_240;

/**
 * A member of the next thought is a step on 2 next + token + resting - 1: at least 1 for a child, at least 1 / sqrt(3) = 0.58
 * for what stays, at most 0 for all else.
 */
export const KEPT = { low: 0.2, high: 0.4, slope: 100 };

/** Nothing that a member neuron reads is above 3: so much keeps it silent at `[A]`. */
export const NOT_AT_ANSWER = 4;

/**
 * Depth-first: a thought's index, 1 at the root, is stored in quarters, so that 13 are 3.25 and small beside the ballast. A
 * position is read in steps of FARTHEST / POSITIONS.
 */
export const INDEX = 1 / 4;

/** Depth-first: the most thoughts. With `[R]` and the root, the last of them is picked at one of 13 positions. */
export const DEEPEST = 12;

/** Depth-first: an index counts only for the node that the thought is; else the neuron reads at most 3.25 + 0.25 - 4 < 0. */
export const INDEXED = 4;

/**
 * Depth-first: of two visited nodes, the later one has at least INDEX / 13 = 0.0192 more in `visited`, which outweighs the
 * place of an edge by 131072 * 0.0192 - TILT = 472.
 */
export const DEPTH_MATCH = 2 ** 17;

/**
 * Depth-first: the resting place beats an edge that does not leave a visited node, at most TILT, by 208. An edge that leaves the
 * root has at least 131072 * 0.0192 = 2520 and beats it by 264.
 */
export const DEPTH_REST = TILT + 208;

/** Depth-first: what is no edge, at most DEPTH_MATCH * INDEX * 12 / 13 + TILT = 32296, stays below the resting place, 35024. */
export const DEPTH_EDGE = 2 ** 15;

/** Depth-first: a visited node but the root has 2 INDEX / 13 = 0.0385 or more: an edge to it loses 40329 and stays below it. */
export const REVISITED = 2 ** 20;

/** Depth-first: at `[A]` nothing is picked, whatever an edge may have. */
export const NO_PICK = 2 ** 16;
