import { LensError } from '../errors.js';
import type { ThoughtRecord } from '../recording/index.js';

/** Float32 probabilities of some 30 nodes add up to far better than this; a node counted twice is far worse. */
const TOLERANCE = 1e-4;
/** 2^12 choices at most; a ProsQA graph has about 23 nodes, and more than a few shared tokens is out of the question. */
const MAX_SETS = 12;

/**
 * What part of its token's probability each node is credited with, so that no probability is counted twice: 1, or 1/m
 * where m nodes share their first token (38 ProsQA concepts have 32 distinct first GPT-2 tokens; symbolic nodes never
 * share one).
 *
 * The record does not say which nodes share a token, but it shows: with a shared token the nodes' probabilities and the
 * off-graph mass add up to more than 1 by what was counted twice, and nodes with one token have equal logits at every
 * thought. Two tokens may have equal logits by accident, so of the sets of nodes with equal logits those are taken for
 * shared tokens that bring the sum back to 1 at every thought.
 *
 * @returns [n]
 * @throws LensError if a number is not finite or the masses do not add up to 1
 */
export function nodeShares(record: ThoughtRecord): Float64Array {
  requireFinite(record);
  const whole = new Float64Array(record.item.names.length).fill(1);
  if (worstExcess(record, whole) <= TOLERANCE) return whole;
  for (const shares of possibleShares(record)) {
    if (worstExcess(record, shares) <= TOLERANCE) return shares;
  }
  throw new LensError(
    `item ${record.item.id}`,
    `the probabilities of its nodes and of all other tokens do not add up to 1 (off by ${worstExcess(record, whole)})`,
    'the recording does not fit this version; record again',
  );
}

function requireFinite({ item, nodeLogits, nodeProbabilities, offGraphMass }: ThoughtRecord): void {
  for (const [what, values] of Object.entries({ nodeLogits, nodeProbabilities, offGraphMass })) {
    const at = values.findIndex((value) => !Number.isFinite(value));
    if (at < 0) continue;
    throw new LensError(
      `item ${item.id}`,
      `${what} holds a value that is not a finite number (${values[at]})`,
      'the model has diverged or its weights are damaged; check them and record again',
    );
  }
}

/** How far from 1 the masses add up at the worst thought. */
function worstExcess({ count, nodeProbabilities, offGraphMass }: ThoughtRecord, shares: Float64Array): number {
  const n = shares.length;
  let worst = 0;
  for (let c = 0; c < count; c++) {
    const total = shares.reduce((sum, share, node) => sum + share * nodeProbabilities[c * n + node], offGraphMass[c]);
    worst = Math.max(worst, Math.abs(total - 1));
  }
  return worst;
}

/** Shares for every choice among the sets of nodes with equal logits; all of them first, the likeliest by far. */
function* possibleShares({ item, count, nodeLogits }: ThoughtRecord): Generator<Float64Array> {
  const n = item.names.length;
  const byLogits = new Map<string, number[]>();
  for (let node = 0; node < n; node++) {
    const key = Array.from({ length: count }, (_, c) => nodeLogits[c * n + node]).join();
    byLogits.set(key, [...(byLogits.get(key) ?? []), node]);
  }
  const sets = [...byLogits.values()].filter((nodes) => nodes.length > 1).slice(0, MAX_SETS);
  for (let choice = 2 ** sets.length - 1; choice > 0; choice--) {
    const shares = new Float64Array(n).fill(1);
    sets.forEach((nodes, i) => {
      if (((choice >> i) & 1) === 1) for (const node of nodes) shares[node] = 1 / nodes.length;
    });
    yield shares;
  }
}
