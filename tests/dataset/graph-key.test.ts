import { describe, expect, it } from 'vitest';
import { graphKey } from '../../src/dataset/graph-key.js';
import { itemOf } from '../readout/records.js';

describe('graphKey', () => {
  const item = itemOf(4, [[0, 1], [1, 2], [3, 2]], { target: 1, decoy: 2 }); // prettier-ignore

  it('is the same whatever is asked and in which order the edges are stated', () => {
    const other = itemOf(4, [[3, 2], [0, 1], [1, 2]], { root: 1, target: 2, decoy: 3, id: 'other' }); // prettier-ignore
    expect(graphKey(other)).toBe(graphKey(item));
    expect(graphKey({ ...item, names: ['a', 'b', 'c', 'd'] })).toBe(graphKey(item));
  });

  it('differs for another edge, another direction or another number of nodes', () => {
    const keys = [
      item,
      itemOf(4, [[0, 1], [1, 2]], { target: 1, decoy: 2 }), // prettier-ignore
      itemOf(4, [[0, 1], [2, 1], [3, 2]], { target: 1, decoy: 2 }), // prettier-ignore
      itemOf(5, [[0, 1], [1, 2], [3, 2]], { target: 1, decoy: 2 }), // prettier-ignore
    ].map(graphKey);
    expect(new Set(keys).size).toBe(4);
  });
});
