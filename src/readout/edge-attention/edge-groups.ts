import {
  breadthFirstDepths,
  NODE_CLASSES,
  nodeClasses,
  reachableWithin,
  shortestPathLayers,
  walkFrontier,
  type Graph,
  type Search,
} from '../../graph/index.js';
import type { GroupKey } from '../kit/groups.js';

/**
 * The edges of every group where n thoughts have been read, as indices into `graph.edges`.
 *
 * As published (the notebook of arXiv 2505.12514), nested, with R_n the nodes within n edges of the root and F_n the ends of
 * all walks of n edges:
 * - `published:notReachable`: the source is not in R_n
 * - `published:reachable`: it is
 * - `published:frontier`: the source is in F_n
 * - `published:optimal`: it is, and the end is at depth n + 1 on a shortest path to the target (the source need not be on
 *   one)
 *
 * Disjoint, by the source's class after n thoughts (`nodeClasses`), but for the frontier's edges: `frontierOptimal` are
 * those from a node at depth n to one at depth n + 1 on a shortest path, `frontierOther` all others from depth n.
 */
export function edgeGroups(graph: Graph, search: Search, n: number): [GroupKey, number[]][] {
  const { root, target } = search;
  const within = new Set(reachableWithin(graph, root, n));
  const walk = new Set(walkFrontier(graph, root, n));
  const next = new Set(shortestPathLayers(graph, root, target).at(n + 1) ?? []);
  const depths = breadthFirstDepths(graph, root);
  const classes = nodeClasses(graph, search, n);
  const where = (test: (source: number, end: number) => boolean): number[] =>
    [...graph.edges.keys()].filter((edge) => test(...graph.edges[edge]));
  return [
    ...NODE_CLASSES.map((name): [GroupKey, number[]] => {
      if (name === 'frontierOptimal') return [name, where((source, end) => depths[source] === n && next.has(end))];
      if (name === 'frontierOther') return [name, where((source, end) => depths[source] === n && !next.has(end))];
      return [name, where((source) => classes[source] === name)];
    }),
    ['published:notReachable', where((source) => !within.has(source))],
    ['published:reachable', where((source) => within.has(source))],
    ['published:frontier', where((source) => walk.has(source))],
    ['published:optimal', where((source, end) => walk.has(source) && next.has(end))],
  ];
}
