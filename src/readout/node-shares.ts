import { LensError } from '../errors.js';
import type { ThoughtRecord } from '../recording/index.js';

/** Float32 probabilities of some 30 nodes add up to far better than this; a node counted twice is far worse. */
const TOLERANCE = 1e-4;

/**
 * What part of its token's probability each node is credited with, so that no probability is counted twice: 1, or 1/m
 * where m nodes share their first token (38 ProsQA concepts have 32 distinct first GPT-2 tokens; symbolic nodes never
 * share one). The record does not say which nodes share a token. It shows in the mass: with a shared token the nodes'
 * probabilities and the mass outside the graph add up to more than 1. Nodes with one token then are those whose logits
 * are equal at every thought, and the sum must come out as 1 with the shares applied.
 *
 * @returns [n]
 * @throws LensError if a number is not finite or the masses do not add up to 1
 */
export function nodeShares(record: ThoughtRecord): Float64Array {
  const n = record.item.names.length;
  requireFinite(record);
  const whole = new Float64Array(n).fill(1);
  const shares = worstExcess(record, whole) > TOLERANCE ? sharesByEqualLogits(record, n) : whole;
  for (let c = 0; c < record.count; c++) {
    const total = 1 + excess(record, shares, c);
    if (Math.abs(total - 1) <= TOLERANCE) continue;
    throw new LensError(
      `item ${record.item.id}`,
      `the probabilities of its nodes and of all other tokens do not add up to 1 at thought ${c + 1} (${total})`,
      'the recording does not fit this version; record again',
    );
  }
  return shares;
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

function excess({ item, nodeProbabilities, offGraphMass }: ThoughtRecord, shares: Float64Array, c: number): number {
  const n = item.names.length;
  return shares.reduce((sum, share, node) => sum + share * nodeProbabilities[c * n + node], offGraphMass[c]) - 1;
}

function worstExcess(record: ThoughtRecord, shares: Float64Array): number {
  let worst = 0;
  for (let c = 0; c < record.count; c++) worst = Math.max(worst, excess(record, shares, c));
  return worst;
}

function sharesByEqualLogits({ count, nodeLogits }: ThoughtRecord, n: number): Float64Array {
  const keys = Array.from({ length: n }, (_, node) =>
    Array.from({ length: count }, (_, c) => nodeLogits[c * n + node]).join(),
  );
  const members = new Map<string, number>();
  for (const key of keys) members.set(key, (members.get(key) ?? 0) + 1);
  return Float64Array.from(keys, (key) => 1 / (members.get(key) ?? 1));
}
