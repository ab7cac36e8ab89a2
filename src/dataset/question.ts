import type { Edge } from '../graph/index.js';

/**
 * What a question states, whatever its wording: the edges in the order of its sentences, the two candidates in the
 * order in which it names them, and the node it asks about. Every `Item` is one.
 */
export interface Question {
  readonly edges: readonly Edge[];
  readonly candidates: readonly [number, number];
  readonly root: number;
}

/** For each node whether it has an incoming edge, i.e. is a concept ("every rempus") and not an entity ("Tom"). */
export function conceptFlags(edges: readonly Edge[], nodeCount: number): boolean[] {
  const flags = new Array<boolean>(nodeCount).fill(false);
  for (const [, target] of edges) flags[target] = true;
  return flags;
}
