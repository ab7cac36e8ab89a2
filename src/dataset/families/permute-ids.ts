import { nodesOf } from '../../graph/index.js';
import type { Random } from '../../random.js';
import type { Item } from '../item.js';

/**
 * The same question under other node numbers, a uniformly random permutation of 0..n-1; names move with their nodes,
 * sentences and candidates stay in order, the id stays. ProsQA numbers nodes in the order in which it creates them, so
 * that a number tells a depth and both roots are 0 and 1: this family breaks `chooseHigherIndex` and every other use of
 * numbers (F14, invariance under node numbers). The English wording does not show node numbers, the symbolic one shows
 * nothing else.
 *
 * The file's own order of the edges, creation order as well, is not kept: the writer sorts them by their new targets.
 */
export function permuteIds(random: Random, item: Item): Item {
  const number = random.shuffle(nodesOf({ nodeCount: item.names.length }));
  const names = [...item.names];
  item.names.forEach((name, node) => (names[number[node]] = name));
  const { id, edges, root, target, decoy, candidates, path } = item;
  return {
    id,
    names,
    edges: edges.map(([from, to]) => [number[from], number[to]]),
    root: number[root],
    target: number[target],
    decoy: number[decoy],
    candidates: [number[candidates[0]], number[candidates[1]]],
    path: path.map((node) => number[node]),
  };
}
