import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDirection,
  orthonormalBasis,
  randomDirections,
  removeDirections,
  shareInDirections,
  unitDirection,
} from '../../src/intervention/index.js';
import type { HostTensor } from '../../src/tensor/index.js';
import { createRandom } from '../../src/random.js';

const D = 6;

function rows(...values: readonly number[][]): HostTensor {
  return { data: Float32Array.from(values.flat()), shape: [values.length, values[0].length], dtype: 'float32' };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((sum, x, i) => sum + x * b[i], 0);
}

const directions = fc.array(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: D, maxLength: D }), {
  maxLength: 8,
});

/** Rank over the rationals: elimination without divisions, exact for these integers. */
function rank(matrix: readonly (readonly number[])[]): number {
  let left = matrix.map((row) => row.map(BigInt));
  let count = 0;
  for (let column = 0; column < D; column++) {
    const pivot = left.find((row) => row[column] !== 0n);
    if (pivot === undefined) continue;
    count++;
    left = left
      .filter((row) => row !== pivot)
      .map((row) => row.map((x, j) => x * pivot[column] - pivot[j] * row[column]));
  }
  return count;
}

describe('orthonormalBasis', () => {
  it('is orthonormal, has the rank, and spans what it was given', () => {
    fc.assert(
      fc.property(directions, (given) => {
        const basis = orthonormalBasis(given);
        expect(basis).toHaveLength(rank(given));
        // Double precision on at most 6 vectors.
        basis.forEach((a, i) => basis.forEach((b, j) => expect(dot(a, b)).toBeCloseTo(i === j ? 1 : 0, 12)));
        for (const direction of given) {
          const inside = basis.reduce((sum, unit) => sum + dot(unit, direction) ** 2, 0);
          expect(inside).toBeCloseTo(dot(direction, direction), 10);
        }
      }),
    );
  });

  it('stays orthonormal where directions are nearly dependent', () => {
    const near = [
      [1, 1e-4, 0, 0],
      [1, 0, 1e-4, 0],
      [1, 0, 0, 1e-4],
    ];
    const basis = orthonormalBasis(near);
    expect(basis).toHaveLength(3);
    expect(Math.abs(dot(basis[0], basis[2])) + Math.abs(dot(basis[1], basis[2]))).toBeLessThan(1e-14);
    expect(orthonormalBasis(near, 1e-3)).toHaveLength(1);
    const small = near.map((direction) => direction.map((x) => x * 1e-9));
    expect(orthonormalBasis(small)).toHaveLength(3);
  });

  it('keeps the order and the first direction', () => {
    const basis = orthonormalBasis([
      [0, 0],
      [0, -2],
      [3, 5],
      [1, 1],
    ]);
    expect(basis.map((unit) => Array.from(unit))).toEqual([
      [0, -1],
      [1, 0],
    ]);
  });

  it('refuses what is no direction', () => {
    expect(() => orthonormalBasis([[1, 2], [1]])).toThrow(/direction 1: another width than asked for \(1, not 2\)/);
    expect(() => orthonormalBasis([[1, NaN]])).toThrow(/direction 0: not finite \(NaN\)/);
    expect(() => unitDirection([0, 0])).toThrow(/direction: has no length \(0\); leave it out/);
  });
});

describe('removeDirections', () => {
  it('projects each row along its own basis', () => {
    const thoughts = rows([1, 2, 3], [1, 2, 3], [1, 2, 3]);
    const removed = removeDirections(thoughts, [
      orthonormalBasis([[0, 4, 0]]),
      [],
      orthonormalBasis([
        [1, 1, 0],
        [1, -1, 0],
      ]),
    ]);
    expect(Array.from(removed.data.subarray(0, 3))).toEqual([1, 0, 3]);
    expect(Array.from(removed.data.subarray(3, 6))).toEqual([1, 2, 3]);
    const [x, y, z] = removed.data.subarray(6, 9);
    expect(Math.abs(x) + Math.abs(y)).toBeLessThan(1e-7);
    expect(z).toBe(3);
    expect(Array.from(thoughts.data)).toEqual([1, 2, 3, 1, 2, 3, 1, 2, 3]);
  });

  it('leaves what is orthogonal, and nothing of the rest', () => {
    fc.assert(
      fc.property(
        directions,
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: D, maxLength: D }),
        (given, row) => {
          const basis = orthonormalBasis(given);
          const { data } = removeDirections(rows(row), [basis]);
          // float32 of numbers below 25.
          for (const direction of given) expect(Math.abs(dot(data, direction))).toBeLessThan(1e-4);
          const [share] = shareInDirections(rows(row), [basis]);
          expect(dot(data, data)).toBeCloseTo((1 - share) * dot(row, row), 3);
        },
      ),
    );
  });

  it('refuses bases that do not fit', () => {
    expect(() => removeDirections(rows([1, 2]), [])).toThrow(/bases: not one per row \(0 for 1 rows\)/);
    expect(() => removeDirections(rows([1, 2]), [orthonormalBasis([[1, 0, 0]])])).toThrow(
      /basis of row 0: another width than asked for \(3, not 2\)/,
    );
    const three = { ...rows([1, 2]), shape: [1, 1, 2] };
    expect(() => removeDirections(three, [[]])).toThrow(/thoughts: wrong shape or type \(float32 \[1, 1, 2\]\)/);
  });
});

describe('addDirection', () => {
  it('adds amplitudes of each row to its own direction', () => {
    const thoughts = rows([1, 2], [1, 2], [1, 2]);
    const added = addDirection(thoughts, [[0, 1], undefined, [3, 0]], [2, 7, -1]);
    expect(Array.from(added.data)).toEqual([1, 4, 1, 2, -2, 2]);
    expect(Array.from(addDirection(thoughts, [[0, 1], [1, 0], undefined], 0.5).data)).toEqual([1, 2.5, 1.5, 2, 1, 2]);
    expect(Array.from(thoughts.data)).toEqual([1, 2, 1, 2, 1, 2]);
  });

  it('refuses what does not fit', () => {
    expect(() => addDirection(rows([1, 2]), [[1, 0]], [1, 2])).toThrow(/amplitudes: not one per row \(2 for 1 rows\)/);
    expect(() => addDirection(rows([1, 2]), [[1]], 1)).toThrow(/direction of row 0: another width/);
    expect(() => addDirection(rows([1, 2]), [], 1)).toThrow(/directions: not one per row \(0 for 1 rows\)/);
  });
});

describe('randomDirections', () => {
  it('have length 1, are drawn from the seed, and favour no direction', () => {
    const drawn = randomDirections(createRandom(1), 4000, D);
    expect(randomDirections(createRandom(1), 2, D)).toEqual(drawn.slice(0, 2));
    for (const direction of drawn.slice(0, 100)) expect(dot(direction, direction)).toBeCloseTo(1, 12);
    for (let i = 0; i < D; i++) {
      for (let j = 0; j <= i; j++) {
        const mean = drawn.reduce((sum, direction) => sum + direction[i] * direction[j], 0) / drawn.length;
        // Standard error at most sqrt(3 / (6 * 8) / 4000) = 0.004; six of them.
        expect(Math.abs(mean - (i === j ? 1 / D : 0))).toBeLessThan(0.024);
      }
    }
    expect(orthonormalBasis(randomDirections(createRandom(2), 3, D))).toHaveLength(3);
  });
});
