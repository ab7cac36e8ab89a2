/**
 * Heads that pick one edge from a thought of many nodes, and picks by node number, in the terms of pick-constants.ts;
 * tests/model/constructed/single-constants.test.ts checks the inequalities.
 */
import { TILT } from './variant-constants.js';

/**
 * One by one: a thought that is left has at most 13 nodes, root included, of amplitude 1 / sqrt(13) = 0.277. An edge to follow has
 * 10240 * 0.277 = 2840 and beats the resting place, TILT + 128 = 2176, by 664. An edge between nodes that are held loses more
 * than it gets and stays below the resting place by 128. What is no edge, at most match + TILT = 12288, stays 2176 below the
 * resting place, edge + rested.
 */
export const SINGLE = { match: 10_240, charge: 12_288, edge: 12_288, rested: TILT + 128 } as const;

/** By number: what the smallest number has beyond none, so that one differs from the next by 24.8. */
export const NUMBER_TILT = 768;

/**
 * By number: the resting place beats an edge that is not to be followed, at most NUMBER_TILT, by 256. An edge to follow has at
 * least 8192 / sqrt(3) = 4729. What is no edge, at most PICK_MATCH + sqrt(3) NUMBER_TILT = 9522, stays 462 below PICK_EDGE +
 * NUMBER_REST.
 */
export const NUMBER_REST = NUMBER_TILT + 1024;

/**
 * Guarded replay: at thought c a node at depth D has 7 - D + c, 7 or more if D <= c, else 6 or less; LayerNorm makes 0.15 %
 * of it.
 */
export const HEARD_BEFORE = { low: 6.3, high: 6.6, slope: 200 };

/** Guarded replay: a node of a thought has at least 1 / sqrt(31) = 0.18, one that is due 2 less, what is no node of it 0 at most. */
export const ALIEN = { low: 0.05, high: 0.1, slope: 200 };

/** Guarded replay: what a stranger adds to their number. Small, because 31 of them must not change the norm. */
export const STRANGE = 1 / 8;
