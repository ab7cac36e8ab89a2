import type { Item } from '../../src/dataset/index.js';
import type { ThoughtRecord } from '../../src/recording/index.js';

/**
 * A small item with everything a drawing must cope with. From Tom (0): depth 1 = {2, 3}, depth 2 = {4, 5}, depth 3 =
 * {6}. Edge 3 -> 2 stays in a column, 6 -> 4 leads back. From Alex (1), out of Tom's reach: 7, then 8; the edge
 * 7 -> 5 enters Tom's band. 8 is the decoy.
 */
export const ITEM: Item = {
  id: 'example',
  names: ['Tom', 'Alex', 'terpus', 'dumpus', 'brimpus', 'gerpus', 'lempus', 'shumpus', 'scrompus'],
  edges: [
    [0, 2],
    [0, 3],
    [3, 2],
    [2, 4],
    [3, 5],
    [5, 6],
    [6, 4],
    [1, 7],
    [7, 8],
    [7, 5],
  ],
  root: 0,
  target: 6,
  decoy: 8,
  candidates: [6, 8],
  path: [0, 3, 5, 6],
};

/** Three thoughts; thought c spreads .9 over the nodes within c hops, the rest of the graph gets nothing. */
export const RECORD: ThoughtRecord = (() => {
  const depth = [0, Infinity, 1, 1, 2, 2, 3, Infinity, Infinity];
  const rows = [1, 2, 3].map((c) => {
    const within = depth.filter((d) => d <= c).length;
    return depth.map((d) => (d <= c ? 0.9 / within : 0));
  });
  const nodeProbabilities = Float32Array.from(rows.flat());
  return {
    item: ITEM,
    count: 3,
    thoughts: new Float32Array(3 * 4),
    nodeTokens: Int32Array.from(ITEM.names.keys()),
    nodeLogits: nodeProbabilities.map((p) => Math.log(p + 1e-4)),
    nodeProbabilities,
    offGraphMass: Float32Array.of(0.1, 0.1, 0.1),
  };
})();
