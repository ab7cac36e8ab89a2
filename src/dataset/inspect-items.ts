import { LensError } from '../errors.js';
import {
  entitiesOf,
  inDegree,
  NODE_CLASSES,
  nodeClasses,
  nodesOf,
  outDegree,
  shortestPathCounts,
  UNREACHED,
  walkFrontier,
  type Graph,
  type NodeClass,
} from '../graph/index.js';
import { inspectHeuristics, type HeuristicAccuracy } from './inspect-heuristics.js';
import { histogram, mean, spread, type Histogram, type Spread } from './distribution.js';
import { itemSearch, type ItemSearch } from './item-search.js';
import type { Item } from './item.js';

/** What is found at one depth from the root; all means are over all items, those without such nodes included. */
export interface DepthStatistics {
  readonly depth: number;
  /** Size of the breadth-first layer. */
  readonly frontier: Spread;
  /** Share of items whose layer has at least two nodes. */
  readonly atLeastTwo: number;
  /** Mean size of the walk frontier as published. */
  readonly walkFrontier: number;
  /**
   * Chance that a node drawn at random from the layer leads to (or is) the target: the mean over the
   * `chanceItems` items whose target is at this depth or deeper. Undefined if there are none.
   */
  readonly leadsToTarget: number | undefined;
  readonly chanceItems: number;
  /** Mean number of nodes of each disjoint class after as many thoughts as this depth. */
  readonly classes: Readonly<Record<NodeClass, number>>;
}

/** Shares of all nodes of all items by the roots that they can be reached from (a root counts as reached). */
export interface RootShares {
  readonly rootOnly: number;
  readonly otherOnly: number;
  readonly both: number;
  readonly neither: number;
}

/** Statistics of a set of items; histograms count items unless they say otherwise. */
export interface Inspection {
  readonly items: number;
  readonly nodes: Spread;
  readonly edges: Spread;
  /** Entities (nodes without parents) per item. */
  readonly entities: Histogram;
  /** Breadth-first depth of the target. */
  readonly targetDepth: Histogram;
  /** Breadth-first depth of the decoy from the other root. */
  readonly decoyDepth: Histogram;
  /** Number of shortest paths from root to target. */
  readonly shortestPaths: Histogram;
  /** Over all nodes of all items. */
  readonly inDegree: Histogram;
  /** Over all nodes of all items. */
  readonly outDegree: Histogram;
  readonly rootOutDegree: Histogram;
  readonly targetInDegree: Histogram;
  readonly decoyInDegree: Histogram;
  /** The root's node number; 0 or 1 in the official files, where it is 1 in 64 %. */
  readonly rootNumber: Histogram;
  /** Nodes that the root reaches, itself included. */
  readonly reachable: Spread;
  /** Greatest depth that the root reaches. */
  readonly eccentricity: Histogram;
  /** Items whose question names the target first. */
  readonly targetFirst: number;
  readonly rootShares: RootShares;
  /** From depth 1 to the greatest eccentricity. */
  readonly depths: readonly DepthStatistics[];
  readonly heuristics: readonly HeuristicAccuracy[];
}

interface Inspected {
  readonly item: Item;
  readonly graph: Graph;
  readonly search: ItemSearch;
  readonly depths: Int32Array;
  readonly otherDepths: Int32Array;
  readonly eccentricity: number;
}

/**
 * Describes a set of items: sizes, depths, degrees, frontiers, node classes, and how often each rival heuristic is
 * right. It is what a set must be looked at for before a readout on it can mean anything.
 *
 * @throws LensError if there are no items
 */
export function inspectItems(items: readonly Item[]): Inspection {
  if (items.length === 0) throw new LensError('items', 'nothing to inspect (0 items)', 'give at least one item');
  const all = items.map(prepare);
  const nodesWhere = (of: (one: Inspected, node: number) => number): Histogram =>
    histogram(all.flatMap((one) => nodesOf(one.graph).map((node) => of(one, node))));
  return {
    items: items.length,
    nodes: spread(all.map(({ graph }) => graph.nodeCount)),
    edges: spread(all.map(({ graph }) => graph.edges.length)),
    entities: histogram(all.map(({ graph }) => entitiesOf(graph).length)),
    targetDepth: histogram(all.map(({ item, depths }) => depths[item.target])),
    decoyDepth: histogram(all.map(({ item, otherDepths }) => otherDepths[item.decoy])),
    shortestPaths: histogram(all.map(({ item, graph }) => shortestPathCounts(graph, item.root)[item.target])),
    inDegree: nodesWhere(({ graph }, node) => inDegree(graph, node)),
    outDegree: nodesWhere(({ graph }, node) => outDegree(graph, node)),
    rootOutDegree: histogram(all.map(({ item, graph }) => outDegree(graph, item.root))),
    targetInDegree: histogram(all.map(({ item, graph }) => inDegree(graph, item.target))),
    decoyInDegree: histogram(all.map(({ item, graph }) => inDegree(graph, item.decoy))),
    rootNumber: histogram(items.map(({ root }) => root)),
    reachable: spread(all.map(({ depths }) => depths.filter((depth) => depth !== UNREACHED).length)),
    eccentricity: histogram(all.map(({ eccentricity }) => eccentricity)),
    targetFirst: items.filter(({ target, candidates }) => candidates[0] === target).length,
    rootShares: rootShares(all),
    depths: Array.from({ length: spread(all.map(({ eccentricity }) => eccentricity)).max }, (_, i) =>
      atDepth(all, i + 1),
    ),
    heuristics: inspectHeuristics(all.map(({ item, graph, search }) => ({ item, graph, otherRoot: search.otherRoot }))),
  };
}

function prepare(item: Item): Inspected {
  const search = itemSearch(item);
  const { graph, depths, otherDepths } = search;
  return { item, graph, search, depths, otherDepths, eccentricity: Math.max(...depths) };
}

function rootShares(all: readonly Inspected[]): RootShares {
  const counts = { rootOnly: 0, otherOnly: 0, both: 0, neither: 0 };
  for (const { depths, otherDepths } of all) {
    depths.forEach((depth, node) => {
      const other = otherDepths[node] !== UNREACHED;
      if (depth !== UNREACHED) counts[other ? 'both' : 'rootOnly']++;
      else counts[other ? 'otherOnly' : 'neither']++;
    });
  }
  const nodes = counts.rootOnly + counts.otherOnly + counts.both + counts.neither;
  return {
    rootOnly: counts.rootOnly / nodes,
    otherOnly: counts.otherOnly / nodes,
    both: counts.both / nodes,
    neither: counts.neither / nodes,
  };
}

function atDepth(all: readonly Inspected[], depth: number): DepthStatistics {
  const sizes = all.map(({ depths }) => depths.filter((d) => d === depth).length);
  const chances = all
    .filter(({ item, depths }) => depths[item.target] >= depth)
    .map((one) => leadsToTarget(one, depth));
  const classes = Object.fromEntries(NODE_CLASSES.map((name) => [name, 0])) as Record<NodeClass, number>;
  for (const { graph, search } of all) {
    for (const name of nodeClasses(graph, search, depth)) classes[name]++;
  }
  for (const name of NODE_CLASSES) classes[name] /= all.length;
  return {
    depth,
    frontier: spread(sizes),
    atLeastTwo: sizes.filter((size) => size >= 2).length / all.length,
    walkFrontier: mean(all.map(({ item, graph }) => walkFrontier(graph, item.root, depth).length)),
    leadsToTarget: chances.length === 0 ? undefined : mean(chances),
    chanceItems: chances.length,
    classes,
  };
}

/** Share of the layer's nodes with a path to the target (the target itself counts). */
function leadsToTarget({ search }: Inspected, depth: number): number {
  const layer = search.atDepth(depth);
  return layer.filter((node) => search.reachesTarget(node)).length / layer.length;
}
