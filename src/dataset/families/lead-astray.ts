import { breadthFirstDepths, findCycle, randomShortestPath, type Edge } from '../../graph/index.js';
import type { Random } from '../../random.js';
import { itemGraph } from '../item-graph.js';
import { itemSearch } from '../item-search.js';
import type { Item } from '../item.js';
import { cutPath } from './cut-path.js';

/** A question whose root reaches the other candidate, by nodes that it reached before and that led to neither. */
export interface AstrayItem extends Item {
  readonly astray: {
    /** In the original, what the root still reaches so deep or deeper leads to the target only by nodes that are nearer to the root. */
    readonly cutAt: number;
    /** Of the node that leads to what was the decoy, by a statement that is new. */
    readonly from: number;
  };
}

/** Where paths are cut; where the first leaves too little, at the second. */
const CUTS = [1, 2] as const;

/**
 * The same question with all paths to the target cut (`cutPath`) and one statement more: from a node that the root still reaches, the deepest
 * there is above the target's depth, to the decoy. Target and decoy change roles. What the root reaches up to that node it reaches in
 * the original, in as few steps or fewer; to the original's target it leads only by way of what lies before the cut.
 *
 * @returns undefined if paths cannot be cut, or the root reaches nothing beside them
 */
export function leadAstray(random: Random, item: Item): AstrayItem | undefined {
  const { depth } = itemSearch(item);
  const found = CUTS.flatMap((cutAt) => {
    const cut = cutPath(random, item, cutAt);
    if (cut === undefined) return [];
    const depths = breadthFirstDepths(itemGraph(cut), item.root);
    const from = depths.reduce((most, own) => (own < depth ? Math.max(most, own) : most), 0);
    const nodes = [...depths.keys()].filter((node) => depths[node] === from);
    return from < cutAt ? [] : [{ cut, nodes, astray: { cutAt, from } }];
  });
  const best = found.find(({ astray }) => astray.from === depth - 1) ?? found.at(0);
  if (best === undefined) return undefined;
  const { cut, nodes, astray } = best;
  const added: Edge = [nodes[random.integer(nodes.length)], item.decoy];
  const at = random.integer(cut.edges.length + 1);
  const edges = [...cut.edges.slice(0, at), added, ...cut.edges.slice(at)];
  const graph = itemGraph({ ...cut, edges });
  if (findCycle(graph) !== undefined) return undefined;
  const { id, names, root, target, decoy, candidates } = cut;
  const path = randomShortestPath(random, graph, root, decoy);
  return { id, names, edges, root, target: decoy, decoy: target, candidates, path, astray };
}
