import { describe, expect, it } from 'vitest';
import { probeDirections } from '../../src/probe/index.js';

const fit = {
  columns: 2,
  outputs: 2,
  weights: Float64Array.of(3, 0, 4, 2),
  intercepts: Float64Array.of(1, -1),
  penalty: 1,
};

describe('probeDirections', () => {
  it('has the weights of each output, as they are and of length 1', () => {
    expect([...probeDirections(fit, ['a', 'b'])]).toEqual([
      ['raw:a', { shape: [2], data: Float32Array.of(3, 4) }],
      ['unit:a', { shape: [2], data: Float32Array.of(0.6, 0.8) }],
      ['intercept:a', { shape: [1], data: Float32Array.of(1) }],
      ['raw:b', { shape: [2], data: Float32Array.of(0, 2) }],
      ['unit:b', { shape: [2], data: Float32Array.of(0, 1) }],
      ['intercept:b', { shape: [1], data: Float32Array.of(-1) }],
    ]);
  });

  it('leaves out an output whose weights are all 0', () => {
    const one = probeDirections({ ...fit, weights: Float64Array.of(3, 0, 4, 0) }, ['a', 'b']);
    expect([...one.keys()]).toEqual(['raw:a', 'unit:a', 'intercept:a']);
  });

  it('refuses names that are not one per output, and a probe that reads nothing', () => {
    expect(() => probeDirections(fit, ['a'])).toThrow('directions: not 2 different names (a)');
    expect(() => probeDirections(fit, ['a', 'a'])).toThrow('not 2 different names');
    expect(() => probeDirections({ ...fit, weights: new Float64Array(4) }, ['a', 'b'])).toThrow(
      'directions: the probe reads nothing',
    );
  });
});
