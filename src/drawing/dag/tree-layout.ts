import type { Edge, Graph } from '../../graph/index.js';
import type { DagLayout } from './layout.js';

/** A graph unfolded from a root. A node stands once at the end of every path to it; `nodes` is indexed by place. */
export interface TreeLayout extends DagLayout {
  /** Between places, a parent before its child. */
  readonly edges: readonly Edge[];
  /** Whether the node of a place stands at an earlier place too. */
  readonly repeated: readonly boolean[];
  /** Whether paths were left out because the tree has more places than are drawn. */
  readonly cut: boolean;
}

/** Trees of ProsQA have some 50 places; a dense graph can have more than any page holds. */
export const MOST_PLACES = 200;

/**
 * Unfolds what the root reaches into the tree of its paths, as in the figures of the Coconut paper: column = length of
 * the path. Shorter paths come first, so that a node's first place is at its breadth-first depth. A path ends before it
 * would come back to a node of its own. At most `most` places are drawn, the shortest paths.
 */
export function layoutTree(graph: Graph, root: number, most = MOST_PLACES): TreeLayout {
  const node = [root];
  const parent = [-1];
  const length = [0];
  let cut = false;
  const isOnPath = (place: number, wanted: number): boolean => {
    for (let at = place; at >= 0; at = parent[at]) if (node[at] === wanted) return true;
    return false;
  };
  for (let place = 0; place < node.length; place++) {
    for (const next of graph.successors[node[place]]) {
      if (isOnPath(place, next)) continue;
      if (node.length === most) {
        cut = true;
        continue;
      }
      node.push(next);
      parent.push(place);
      length.push(length[place] + 1);
    }
  }
  const { row, rows } = treeRows(parent);
  const first = new Map<number, number>();
  node.forEach((n, place) => {
    if (!first.has(n)) first.set(n, place);
  });
  return {
    nodes: node.map((n, place) => ({ node: n, band: 'reachable', rank: length[place], row: row[place] })),
    columns: Math.max(...length) + 1,
    reachableRows: rows,
    otherRows: 0,
    edges: parent.flatMap((from, place): Edge[] => (from < 0 ? [] : [[from, place]])),
    repeated: node.map((n, place) => first.get(n) !== place),
    cut,
  };
}

/** Leaves take one row each, in the order of a depth-first walk; a parent stands half-way between its outer children. */
function treeRows(parent: readonly number[]): { readonly row: readonly number[]; readonly rows: number } {
  const children: number[][] = parent.map(() => []);
  parent.forEach((from, place) => {
    if (from >= 0) children[from].push(place);
  });
  const row = parent.map(() => 0);
  let rows = 0;
  const stand = (place: number): number => {
    const below = children[place].map(stand);
    return (row[place] = below.length === 0 ? rows++ : (below[0] + below[below.length - 1]) / 2);
  };
  stand(0);
  return { row, rows };
}
