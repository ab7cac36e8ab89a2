import { describe, expect, it } from 'vitest';
import { logSumExp, softmax, softmaxWeights } from '../../src/statistics/index.js';

describe('softmax', () => {
  it('gives probabilities in proportion to exp(x)', () => {
    const [a, b, c] = softmax([Math.log(1), Math.log(2), Math.log(5)]);
    expect([a, b, c]).toEqual([expect.closeTo(0.125, 12), expect.closeTo(0.25, 12), expect.closeTo(0.625, 12)]);
  });

  it('neither overflows nor underflows', () => {
    expect(softmax([1000, 1000])).toEqual([0.5, 0.5]);
    expect(softmax([-2000, -2000, -Infinity])).toEqual([0.5, 0.5, 0]);
    expect([...softmaxWeights([3, 2])]).toEqual([1, Math.exp(-1)]);
  });

  it('has the normaliser logSumExp', () => {
    expect(logSumExp([0, 0, 0, 0])).toBeCloseTo(Math.log(4), 12);
    expect(logSumExp([1000, 1000 - Math.log(3)])).toBeCloseTo(1000 + Math.log(4 / 3), 12);
    expect(logSumExp([])).toBe(-Infinity);
  });
});
