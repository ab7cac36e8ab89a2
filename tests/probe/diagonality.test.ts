import { describe, expect, it } from 'vitest';
import { diagonality, type DepthMatrix } from '../../src/probe/index.js';
import { createRandom } from '../../src/random.js';

const random = createRandom(2).fork('matrices');
const noise = (size: number): number[][] =>
  Array.from({ length: size }, () => Array.from({ length: size }, () => random.normal()));

describe('diagonality', () => {
  it('is the mean on the diagonal less the mean off it, graph by graph', () => {
    // 0.9 and 0.7 against 0.5 and 0.2; 0.6 against 0.5 in the second graph.
    const { estimate } = diagonality(
      [
        [
          [0.9, 0.5],
          [0.2, 0.7],
        ],
        [
          [0.6, 0.5],
          [0.5, 0.6],
        ],
      ],
      { seed: 1 },
    );
    expect(estimate.value).toBeCloseTo((0.45 + 0.1) / 2, 12);
    expect(estimate).toMatchObject({ n: 2, clusters: 2, low: null });
  });

  it('cuts a graph to the thoughts and depths that have all their cells', () => {
    const ragged: DepthMatrix = [
      [1, 0, undefined, 0.3],
      [0, 1, undefined, 0.3],
      [5, 5, 5, 5],
    ];
    expect(diagonality([ragged], { seed: 1 }).estimate.value).toBe(1);
    const none = diagonality(
      [
        [[1]],
        [
          [undefined, 1],
          [1, undefined],
        ],
      ],
      { seed: 1 },
    );
    expect(none).toMatchObject({ estimate: { value: null, n: 0 }, p: null });
  });

  it('does not change with what a thought or a depth adds to all its cells', () => {
    const matrices = Array.from({ length: 30 }, () => noise(4));
    const shifted = matrices.map((matrix) => matrix.map((row, t) => row.map((x, d) => x + 10 * t - 7 * d)));
    const [plain, moved] = [diagonality(matrices, { seed: 3 }), diagonality(shifted, { seed: 3 })];
    expect(moved.estimate.value).toBeCloseTo(plain.estimate.value ?? NaN, 10);
    expect(moved.p).toBe(plain.p);
  });

  it('finds a diagonal, in one direction only', () => {
    const matrices = Array.from({ length: 40 }, () =>
      noise(4).map((row, t) => row.map((x, d) => x + (t === d ? 1 : 0))),
    );
    expect(diagonality(matrices, { seed: 1, permutations: 999 })).toMatchObject({ p: 0.001, permutations: 999 });
    const negative = matrices.map((matrix) => matrix.map((row) => row.map((x) => -x)));
    expect(diagonality(negative, { seed: 1, permutations: 999 }).p).toBe(1);
  });

  it('rejects as often as it says where there is none', () => {
    const ps = Array.from(
      { length: 300 },
      (_, i) =>
        diagonality(
          Array.from({ length: 12 }, () => noise(3)),
          { seed: i, permutations: 99, resamples: 1 },
        ).p,
    );
    // 30 expected, standard deviation 5.2.
    const rejected = ps.filter((p) => (p ?? 1) <= 0.1).length;
    expect(rejected).toBeGreaterThan(12);
    expect(rejected).toBeLessThan(48);
  });
});
