import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/random.js';
import { singularDirections } from '../../../src/readout/mediation/singular-directions.js';

/** sum of value u v' over these, [3, 4]. */
function matrixOf(triples: readonly (readonly [value: number, u: readonly number[], v: readonly number[]])[]) {
  const data = new Float32Array(12);
  for (const [value, u, v] of triples) u.forEach((x, i) => v.forEach((y, j) => (data[i * 4 + j] += value * x * y)));
  return { data, shape: [3, 4], dtype: 'float32' as const };
}

const THREE = matrixOf([
  [1, [0, 1, 0], [1, 0, 0, 0]],
  [5, [1, 0, 0], [0, 0.6, 0.8, 0]],
  [2, [0, 0, 1], [0, 0, 0, 1]],
]);

describe('singularDirections', () => {
  it('are those of the largest singular values, in their order', () => {
    const [first, second, ...more] = singularDirections(THREE, 2, createRandom('singular'));
    expect(more).toEqual([]);
    const sign = Math.sign(first[1]);
    expect([...first].map((x) => sign * x)).toEqual([0, 0.6, 0.8, 0].map((x) => expect.closeTo(x, 6) as number));
    expect([...second].map(Math.abs)).toEqual([0, 0, 0, 1].map((x) => expect.closeTo(x, 6) as number));
  });

  it('are as many as the rank', () => {
    const one = matrixOf([[3, [1, 0, 0], [0, 0, 1, 0]]]);
    expect(singularDirections(one, 3, createRandom(1))).toHaveLength(1);
    expect(singularDirections(matrixOf([]), 3, createRandom(1))).toEqual([]);
  });
});
