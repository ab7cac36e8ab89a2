import type { Item } from '../item.js';

/**
 * The same question with numbers and names of the two candidates exchanged, and so their places in the question: every
 * preference for a name or a place that has nothing to do with the graph names the other candidate. Half of the sum of both
 * answers is free of it. Sentences stay in order.
 */
export function exchangeCandidates<T extends Item>(item: T): T {
  const { target, decoy } = item;
  const exchanged = (node: number): number => (node === target ? decoy : node === decoy ? target : node);
  return {
    ...item,
    edges: item.edges.map(([from, to]) => [exchanged(from), exchanged(to)] as const),
    target: decoy,
    decoy: target,
    path: item.path.map(exchanged),
  };
}
