import { breadthFirstDepths, distancesTo, otherRootOf, UNREACHED, type Graph, type Search } from '../graph/index.js';
import { graphKey } from './graph-key.js';
import { itemGraph } from './item-graph.js';
import type { Item } from './item.js';

/**
 * What breadth-first search says of one item: its graph, and the distances from both roots and to both candidates. Every
 * part is computed when it is first asked for and then kept. Distances are {@link UNREACHED} where there is no path.
 */
export class ItemSearch implements Search {
  #graph?: Graph;
  #key?: string;
  #otherRoot?: number;
  #depths?: Int32Array;
  #otherDepths?: Int32Array;
  #toTarget?: Int32Array;
  #toDecoy?: Int32Array;

  /** Use {@link itemSearch}, which keeps one search for each item. */
  constructor(readonly item: Item) {}

  /** Edges in prompt order. */
  get graph(): Graph {
    return (this.#graph ??= itemGraph(this.item));
  }

  /** Names the graph, the unit of all statistics: see {@link graphKey}. */
  get key(): string {
    return (this.#key ??= graphKey(this.item));
  }

  get root(): number {
    return this.item.root;
  }

  get target(): number {
    return this.item.target;
  }

  /** The entity on the decoy's side, found by `otherRootOf`. */
  get otherRoot(): number {
    return (this.#otherRoot ??= otherRootOf(this.graph, this.item.root, this.item.decoy));
  }

  /** [n], breadth-first depth from the root. */
  get depths(): Int32Array {
    return (this.#depths ??= breadthFirstDepths(this.graph, this.item.root));
  }

  /** [n], breadth-first depth from the other root. */
  get otherDepths(): Int32Array {
    return (this.#otherDepths ??= breadthFirstDepths(this.graph, this.otherRoot));
  }

  /** [n], edges on a shortest path to the target. */
  get toTarget(): Int32Array {
    return (this.#toTarget ??= distancesTo(this.graph, this.item.target));
  }

  /** [n], edges on a shortest path to the decoy. */
  get toDecoy(): Int32Array {
    return (this.#toDecoy ??= distancesTo(this.graph, this.item.decoy));
  }

  /** The target's depth: the steps that the question takes. */
  get depth(): number {
    return this.depths[this.item.target];
  }

  /** The nodes at one depth from the root, ascending: the frontier after as many thoughts. */
  atDepth(depth: number): number[] {
    return nodesWhere(this.depths, (own) => own === depth);
  }

  /** The nodes that the root never reaches, ascending. */
  neverReached(): number[] {
    return this.atDepth(UNREACHED);
  }

  /** Whether the target can be reached from a node; true of the target itself. */
  reachesTarget(node: number): boolean {
    return this.toTarget[node] !== UNREACHED;
  }
}

const SEARCHES = new WeakMap<Item, ItemSearch>();

/** The search of an item, the same object whenever the same item is given. */
export function itemSearch(item: Item): ItemSearch {
  let search = SEARCHES.get(item);
  if (search === undefined) SEARCHES.set(item, (search = new ItemSearch(item)));
  return search;
}

/** The nodes whose value a condition holds for, ascending. */
export function nodesWhere(values: Int32Array, holds: (value: number, node: number) => boolean): number[] {
  const nodes: number[] = [];
  values.forEach((value, node) => {
    if (holds(value, node)) nodes.push(node);
  });
  return nodes;
}
