import { itemSearch, type Item } from '../dataset/index.js';
import { shortestPathLayers, type Graph } from '../graph/index.js';
import type { Random } from '../random.js';

/**
 * What a label may look at: one item, as a breadth-first search from one of its two sides sees it at a step. The two
 * sides are alike: the root and its target, the other root and the decoy. Nodes are indices into `item.names`.
 */
export interface ProbeSite {
  readonly item: Item;
  readonly graph: Graph;
  /** [n] what the model knows a node by: the number of its token (symbolic wording) or its name (English). */
  readonly ids: readonly string[];
  /** d: the step of the search that is asked about. `probe run` asks thought k about step k. */
  readonly step: number;
  /** k: how many thoughts are read of each item, and so the steps 1..k that are asked about. */
  readonly thoughts: number;
  /** Where this side's search begins. */
  readonly root: number;
  /** The candidate that this side reaches: the answer, on the root's side. */
  readonly target: number;
  /** [n] edges on a shortest path from `root`; -1 where there is none. */
  readonly depth: Int32Array;
  /** [n] edges on a shortest path to `target`; -1 where there is none. */
  readonly distanceToTarget: Int32Array;
  /** [n] whether the node lies on a shortest path from `root` to `target`. */
  readonly onShortestPath: readonly boolean[];
  /** The same item from the other side: the other root, the decoy. Its own `other` is this one. */
  readonly other: ProbeSite;
  /** For control tasks with labels by chance: the same numbers for the same item, whatever the thought and the step. */
  readonly random: Random;
}

type Side = Omit<ProbeSite, 'other' | 'step'>;
type Known = Pick<ProbeSite, 'ids' | 'thoughts' | 'random'>;

/** Both sides of one item, computed once and asked about many steps. */
export function probeSites(item: Item, known: Known): (step: number) => ProbeSite {
  const search = itemSearch(item);
  const { graph, otherRoot } = search;
  const own = sideOf({ item, graph, ...known }, item.root, item.target, search.depths, search.toTarget);
  const opposite = sideOf({ item, graph, ...known }, otherRoot, item.decoy, search.otherDepths, search.toDecoy);
  return (step) => {
    const site: ProbeSite = {
      ...own,
      step,
      get other(): ProbeSite {
        return mirrored;
      },
    };
    const mirrored: ProbeSite = { ...opposite, step, other: site };
    return site;
  };
}

function sideOf(
  shared: Known & Pick<ProbeSite, 'item' | 'graph'>,
  root: number,
  target: number,
  depth: Int32Array,
  distanceToTarget: Int32Array,
): Side {
  const { item, graph } = shared;
  const onPath = new Set(shortestPathLayers(graph, root, target).flat());
  return {
    ...shared,
    root,
    target,
    depth,
    distanceToTarget,
    onShortestPath: item.names.map((_, node) => onPath.has(node)),
  };
}
