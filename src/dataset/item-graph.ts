import { createGraph, type Graph } from '../graph/index.js';
import type { Item } from './item.js';

/** The item's graph, its edges in prompt order. */
export function itemGraph(item: Pick<Item, 'names' | 'edges'>): Graph {
  return createGraph({ nodeCount: item.names.length, edges: item.edges });
}
