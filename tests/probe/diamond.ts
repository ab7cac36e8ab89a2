import type { Item } from '../../src/dataset/index.js';

/** Root 0 reaches target 3 by two ways; the other root 4 reaches the decoy 5, node 2 and so the target as well. */
export const diamond: Item = {
  id: 'diamond',
  names: ['r', 'a', 'b', 't', 'o', 'd'],
  edges: [
    [0, 1],
    [0, 2],
    [1, 3],
    [2, 3],
    [4, 2],
    [4, 5],
  ],
  root: 0,
  target: 3,
  decoy: 5,
  candidates: [3, 5],
  path: [0, 1, 3],
};
