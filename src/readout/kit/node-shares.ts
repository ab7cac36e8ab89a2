import { LensError } from '../../errors.js';
import type { ThoughtRecord } from '../../recording/index.js';

/** Float32 probabilities of some 30 nodes add up to far better than this; a damaged one is far worse. */
const TOLERANCE = 1e-4;

/**
 * What part of its token's probability each node is credited with, so that no probability is counted twice: 1, or 1/m
 * where m nodes share their first token (38 ProsQA concepts have 32 distinct first GPT-2 tokens; symbolic nodes never
 * share one). Values of the sequence scorer belong to whole names: 1.
 *
 * @returns [n]
 * @throws LensError if a number is not finite or the masses do not add up to 1
 */
export function nodeShares(record: ThoughtRecord): Float64Array {
  requireFinite(record);
  const { item, nodeTokens } = record;
  const shares = Float64Array.from(nodeTokens, (token) =>
    record.sequence === undefined ? 1 / nodeTokens.filter((other) => other === token).length : 1,
  );
  const excess = worstExcess(record, shares);
  if (excess <= TOLERANCE) return shares;
  throw new LensError(
    `item ${item.id}`,
    `the probabilities of its nodes and of all other tokens do not add up to 1 (off by ${excess})`,
    'the recording is damaged; record again',
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
function worstExcess({ item, count, nodeProbabilities, offGraphMass }: ThoughtRecord, shares: Float64Array): number {
  const n = item.names.length;
  let worst = 0;
  for (let c = 0; c < count; c++) {
    const total = shares.reduce((sum, share, node) => sum + share * nodeProbabilities[c * n + node], offGraphMass[c]);
    worst = Math.max(worst, Math.abs(total - 1));
  }
  return worst;
}
