import { graphKey, itemGraph, type Item } from '../dataset/index.js';
import { breadthFirstDepths, distancesTo, otherRootOf, UNREACHED, type Graph } from '../graph/index.js';

/** An item with what all tests need of its graph. Distances are -1 where there is no path. */
export interface ItemView {
  readonly item: Item;
  readonly graph: Graph;
  /** Names the graph, the unit of statistics. */
  readonly key: string;
  readonly otherRoot: number;
  /** [n] breadth-first depth from the root, and from the other root. */
  readonly depths: Int32Array;
  readonly otherDepths: Int32Array;
  /** [n] distance to the target, and to the decoy. */
  readonly toTarget: Int32Array;
  readonly toDecoy: Int32Array;
  /** The target's depth. */
  readonly depth: number;
}

export function viewItem(item: Item): ItemView {
  const graph = itemGraph(item);
  const otherRoot = otherRootOf(graph, item.root, item.decoy);
  const depths = breadthFirstDepths(graph, item.root);
  return {
    item,
    graph,
    key: graphKey(item),
    otherRoot,
    depths,
    otherDepths: breadthFirstDepths(graph, otherRoot),
    toTarget: distancesTo(graph, item.target),
    toDecoy: distancesTo(graph, item.decoy),
    depth: depths[item.target],
  };
}

/** Nodes at one depth from the root. */
export function frontierOf({ depths }: ItemView, depth: number): number[] {
  return nodesWhere(depths, (own) => own === depth);
}

/** Nodes that the root never reaches. */
export function neverReached({ depths }: ItemView): number[] {
  return nodesWhere(depths, (own) => own === UNREACHED);
}

export function nodesWhere(values: Int32Array, holds: (value: number, node: number) => boolean): number[] {
  const nodes: number[] = [];
  values.forEach((value, node) => {
    if (holds(value, node)) nodes.push(node);
  });
  return nodes;
}
