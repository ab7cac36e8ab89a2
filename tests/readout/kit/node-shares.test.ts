import { describe, expect, it } from 'vitest';
import { LensError } from '../../../src/errors.js';
import { nodeShares } from '../../../src/readout/kit/node-shares.js';
import { itemOf, recordOf } from '../records.js';

const item = itemOf(4, [[0, 1], [2, 3]], { target: 1, decoy: 3 }); // prettier-ignore

describe('nodeShares', () => {
  it('is 1 where every node has its own token, also where logits are equal', () => {
    expect([...nodeShares(recordOf(item, [[1, 2, 2, 0], [3, 1, 1, 0]]))]).toEqual([1, 1, 1, 1]); // prettier-ignore
  });

  it('splits a token among the nodes that share it, tied with another token or not', () => {
    expect([...nodeShares(recordOf(item, [[1, 2, 2, 2], [3, 1, 1, 2]], { 2: 1 }))]).toEqual([1, 0.5, 0.5, 1]); // prettier-ignore
    expect([...nodeShares(recordOf(item, [[0, 2, 2, 0]], { 2: 1, 3: 0 }))]).toEqual([0.5, 0.5, 0.5, 0.5]);
    const third = 1 / 3;
    expect([...nodeShares(recordOf(item, [[5, 5, 0, 5]], { 1: 0, 3: 0 }))]).toEqual([third, third, 1, third]);
  });

  it('goes by the recorded token, also where its probability is too small to be missed', () => {
    // e^-12 / 11: counted twice, it would be lost in the tolerance of the masses.
    expect([...nodeShares(recordOf(item, [[0, -12, -12, 0]], { 2: 1 }))]).toEqual([1, 0.5, 0.5, 1]);
  });

  it('refuses probabilities that do not add up, too much or too little', () => {
    const tooMuch = recordOf(item, [[1, 2, 3, 0]]);
    tooMuch.offGraphMass[0] += 0.01;
    expect(() => nodeShares(tooMuch)).toThrow(LensError);
    expect(() => nodeShares(tooMuch)).toThrow(/^item hand: .*do not add up to 1 \(off by 0\.0[01]/);
    const tooLittle = recordOf(item, [[1, 2, 3, 0], [1, 2, 3, 0]]); // prettier-ignore
    tooLittle.nodeProbabilities[5] = 0;
    expect(() => nodeShares(tooLittle)).toThrow(/do not add up to 1/);
    const shared = recordOf(item, [[0, 2, 2, 0]], { 2: 1 });
    for (const nodeTokens of [
      [0, 1, 2, 3],
      [0, 1, 1, 0],
      [0, 1, 1],
      [0, 1, 1, 3, 4],
    ]) {
      // prettier-ignore
      expect(() => nodeShares({ ...shared, nodeTokens: Int32Array.from(nodeTokens) })).toThrow(/do not add up to 1/);
    }
  });

  it('refuses numbers that are not finite, and names them', () => {
    for (const field of ['nodeLogits', 'nodeProbabilities', 'offGraphMass'] as const) {
      const record = recordOf(item, [[1, 2, 3, 0]]);
      record[field][0] = Number.NaN;
      expect(() => nodeShares(record)).toThrow(`item hand: ${field} holds a value that is not a finite number (NaN)`);
    }
  });
});
