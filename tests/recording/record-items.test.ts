import { describe, expect, it } from 'vitest';
import { readNodes } from '../../src/recording/record-items.js';

describe('readNodes', () => {
  it('reads every node at its token, and counts a shared token once', () => {
    // Weights 1, 2, 6, 1 and, shifted by a constant that a softmax does not see, 4, 1, 2, 1.
    const rows = [[1, 2, 6, 1].map(Math.log), [4, 1, 2, 1].map((weight) => Math.log(weight) + 900)];
    const { nodeTokens, nodeLogits, nodeProbabilities, offGraphMass } = readNodes(rows, Int32Array.of(2, 1, 2));
    expect([...nodeTokens]).toEqual([2, 1, 2]);
    expect([...nodeLogits]).toEqual([rows[0][2], rows[0][1], rows[0][2], rows[1][2], rows[1][1], rows[1][2]].map(Math.fround)); // prettier-ignore
    // Float32 of a sum of four weights: 1e-7 at most.
    [0.6, 0.2, 0.6, 0.25, 0.125, 0.25].forEach((p, i) => expect(nodeProbabilities[i]).toBeCloseTo(p, 6));
    [0.2, 0.625].forEach((p, i) => expect(offGraphMass[i]).toBeCloseTo(p, 6));
  });
});
