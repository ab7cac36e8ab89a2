import type { Item } from '../../src/dataset/index.js';

/** A small item in the official form: Tom 0 -> b 2 -> c 3, Alex 1 -> d 4. A function, so that tests may spoil it. */
export function tinyOfficial(): Record<string, unknown> {
  return {
    question: 'Every bompus is a felpus. Alex is a dumpus. Tom is a bompus. Is Tom a dumpus or felpus?',
    answer: 'Tom is a felpus.',
    steps: ['Tom is a bompus.', 'Every bompus is a felpus.'],
    idx_to_symbol: ['Tom', 'Alex', 'bompus', 'felpus', 'dumpus'],
    edges: [
      [0, 2],
      [2, 3],
      [1, 4],
    ],
    root: 0,
    target: 3,
    neg_target: 4,
  };
}

/** What {@link tinyOfficial} is as an item. */
export const tinyItem: Item = {
  id: '0',
  names: ['Tom', 'Alex', 'bompus', 'felpus', 'dumpus'],
  edges: [
    [2, 3],
    [1, 4],
    [0, 2],
  ],
  root: 0,
  target: 3,
  decoy: 4,
  candidates: [4, 3],
  path: [0, 2, 3],
  fileEdgeOrder: [2, 0, 1],
};
