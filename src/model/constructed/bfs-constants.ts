/**
 * The numbers behind constructed-bfs and why they are what they are. "Share" is an attention weight, "unit" the
 * amplitude of a token's own feature, n the number of nodes in a thought (each of amplitude 1 / sqrt(n)), m the number
 * of edges that leave them. tests/model/constructed/bfs-constants.test.ts checks every inequality, and
 * docs/constructed-models.md shows what is measured.
 */

/** Positions of the model: a prompt of 3 E + 5 tokens for E edges, k thoughts, `[A]`, answer and `<eos>`. */
export const POSITIONS = 256;

/** With 256 positions a prompt can state at most 83 edges (3 E + 5 + `[A]` <= 256). */
export const MOST_EDGES = Math.floor((POSITIONS - 6) / 3);

/**
 * Amplitude of a unit in the residual stream. The head is tied, so the logit of a node in a thought of n is
 * 2 UNIT^2 / sqrt(n) = 128 / sqrt(n), that of any other token 0: at n = 31 still 23, i.e. less than 1e-9 of the
 * probability outside the set. A larger unit would turn the thought's rounding errors (relative 1e-4) into visible
 * differences of probability between its members: at n = 2 they cost 90 * 1e-4 = 1 %.
 */
export const UNIT = 8;

/**
 * Sharpness of the heads that look one and two positions back. All other positions together get a share of at most
 * 256 exp(-64 (1 - 0.29)) = 5e-18.
 */
export const LOOK_BACK_SHARPNESS = 64;

/**
 * Expansion head, score of an edge whose source is in the thought: EDGE + MATCH / sqrt(n); of another edge: EDGE; of
 * the resting place `<eos>`: EDGE + REST; of a position that is no edge: at most MATCH (both sides of the match have
 * norm 1, whatever they superpose).
 *
 * REST: with no edge to follow, the edges' share is at most 83 exp(-16) = 1e-5, far below {@link STEP_LOW}.
 * MATCH: at n = 30 (31 nodes have nothing left to add) an edge to follow beats the resting place by
 * 160 / sqrt(30) - 16 = 13.2, so that the latter's share is at most 2e-6.
 * EDGE: positions that are no edges stay 192 - 160 = 32 below those that are.
 */
export const MATCH = 160;
export const EDGE = 192;
export const REST = 16;

/**
 * The step that makes members weigh the same, on the token features after the expansion head: 0 below STEP_LOW, 1
 * above STEP_HIGH, with GELU's rounding of the corners 6 / STEP_SLOPE = 0.003 wide on either side. A node that was
 * just added has the share of its edges, at least 1 / m >= 1 / 83 = 0.0120, times sqrt(19 / 22) = 0.93 because the
 * added nodes enlarge the norm that LayerNorm divides by: 0.0112 > 0.008 + 0.003. A node that was not has at most
 * 1e-5 < 0.004 - 0.003. The plateau is the difference of two neurons of up to 2 STEP_SLOPE, whose float32 rounding
 * (2e-4) is 3e-5 of STEP_SLOPE (STEP_HIGH - STEP_LOW) = 8.
 */
export const STEP_LOW = 0.004;
export const STEP_HIGH = 0.008;
export const STEP_SLOPE = 2000;

/**
 * Amplitude of the step, in units. What the residual stream held before (at most 2 units a feature) remains beneath it
 * and makes members unequal by at most 2 / 16384 = 1.2e-4. A power of two, so that scaling by it rounds nothing.
 */
export const STEP_AMPLITUDE = 16384;

/**
 * Candidate head, which works at `[A]` only: score of the two candidates, and of the resting place `<eos>` for every
 * position. At `[A]` the resting place is exp(-24) below the candidates; elsewhere all else is exp(-24) below it, so
 * that the candidate features are below 256 exp(-24) = 1e-8 there.
 */
export const CANDIDATE = 48;
export const CANDIDATE_REST = 24;

/**
 * Undecided, both candidates have share 1/2, and rounding would choose. Rounding is no fair coin: it could fall another
 * way on each engine, and exact ties would go to the smaller node number, which in the official items is the target in
 * 40 % only. So the candidate at the even position gets a score higher by 2 TIE_BREAK, about ten times the rounding
 * error of a score (48 * 5e-7). The first candidate stands at position 3 E + 1: it is chosen where the number of edges
 * E is odd. Node numbers have no part in it, and to swap the candidates is always to swap the answer. The logits differ
 * by 0.03, odds of 0.507 to 0.493.
 */
export const TIE_BREAK = 1 / 8192;

/** A candidate's share at `[A]`. */
export const CANDIDATE_SHARE = 1 / 2;

/** Candidate neurons start at a quarter of the share: 0 for other nodes, linear (not a step) to keep the tie-break. */
export const CANDIDATE_THRESHOLD = CANDIDATE_SHARE / 4;

/** Slope of the neurons that only have to tell 0 from 1/8 and more: gelu(-64 / 8) = 0 in float32. */
export const GATE_SLOPE = 64;

/**
 * "Is a candidate and in the last thought" is a step on thought + CANDIDATE_GATE (candidate share - 1/2). Not a
 * candidate: at most 1 - 2 = -1. Not in the thought: 0 (tie-break 0.0003). Both: at least 1 / sqrt(31) = 0.18.
 */
export const CANDIDATE_GATE = 4;
export const REACHED_LOW = 0.05;
export const REACHED_HIGH = 0.1;
export const REACHED_SLOPE = 200;

/**
 * After the answer `<eos>` is written with twice the amplitude of the nodes that the step still adds there (the
 * answer and its children), so the text ends.
 */
export const END_LOUDNESS = 2;
export const END_THRESHOLD = 1 / 2;
