import type { Item } from '../dataset/index.js';
import { niceCeiling } from '../drawing/index.js';
import { nodeShares } from '../readout/index.js';
import type { ThoughtRecord } from '../recording/index.js';

/** What the thoughts of one recording give to an item's nodes: the numbers of its drawings. */
export interface ShownThoughts {
  /** Element c - 1, of shape [n]: the probabilities after thought c. */
  readonly nodes: readonly Float32Array[];
  /** [k], probability outside the graph's nodes. */
  readonly offGraph: Float32Array;
}

/** An item as a page shows it: once per recording, `undefined` where a recording does not have it. */
export interface ShownItem {
  readonly item: Item;
  readonly recordings: readonly (ShownThoughts | undefined)[];
}

/**
 * What every thought gives to the nodes: element c - 1, of shape [n], holds the probabilities after thought c. Nodes
 * that share a token have equal parts of its probability, so that nodes and off-graph mass add up to 1.
 *
 * @throws LensError if the record's numbers are not finite or do not add up to 1
 */
export function creditedProbabilities(record: ThoughtRecord): Float32Array[] {
  const shares = nodeShares(record);
  const nodes = shares.length;
  return Array.from({ length: record.count }, (_, i) =>
    record.nodeProbabilities.subarray(i * nodes, (i + 1) * nodes).map((p, node) => p * shares[node]),
  );
}

/** @throws LensError as {@link creditedProbabilities} */
export function shownThoughts(record: ThoughtRecord): ShownThoughts {
  return { nodes: creditedProbabilities(record), offGraph: record.offGraphMass };
}

/** The probability of a full glyph: 1, or, magnified, the round number that no node of the item exceeds. */
export function scaleOf({ recordings }: ShownItem, magnified: boolean): number {
  if (!magnified) return 1;
  const all = recordings.flatMap((thoughts) => thoughts?.nodes ?? []);
  return Math.min(1, niceCeiling(Math.max(0, ...all.flatMap((probabilities) => [...probabilities]))));
}

/** The number of thoughts that can be stepped through: the most that a recording has. */
export function thoughtCount({ recordings }: ShownItem): number {
  return Math.max(0, ...recordings.map((thoughts) => thoughts?.nodes.length ?? 0));
}
