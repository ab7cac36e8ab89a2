import { createGraph, otherRootOf, type Graph, type Search } from '../graph/index.js';
import type { Item } from './item.js';

/** The item's graph, its edges in prompt order. */
export function itemGraph(item: Pick<Item, 'names' | 'edges'>): Graph {
  return createGraph({ nodeCount: item.names.length, edges: item.edges });
}

/** What the item asks of its graph, as `nodeClasses` takes it; the other root is found by `otherRootOf`. */
export function itemSearch(item: Item, graph = itemGraph(item)): Search {
  return { root: item.root, target: item.target, otherRoot: otherRootOf(graph, item.root, item.decoy) };
}
