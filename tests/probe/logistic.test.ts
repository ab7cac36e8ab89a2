import { describe, expect, it } from 'vitest';
import { fitLogistic, scoreRows, standardise, toRaw, type Design } from '../../src/probe/index.js';
import { createRandom } from '../../src/random.js';
import { allRows } from '../../src/probe/design.js';
import { newtonLogistic, normalDesign, standardised } from './support.js';

const ROWS = 1000;
const random = createRandom(4).fork('labels');

/** Labels drawn from a logistic model of the first columns. */
function drawn({ rows, columns, values }: Design): number[] {
  return Array.from({ length: rows }, (_, r) => {
    const score = 1.5 * values[r * columns] - values[r * columns + 1] + 0.4;
    return Number(random.uniform() < 1 / (1 + Math.exp(-score)));
  });
}

/** Columns of very different sizes and offsets, as those of a residual stream are. */
const uneven = (design: Design): Design => ({
  ...design,
  values: design.values.map((x, i) => x * 10 ** ((i % design.columns) - 2) + 3 * (i % design.columns)),
});

const ordinary = uneven(normalDesign(ROWS, 5, 1));
const separable = normalDesign(ROWS, 5, 2);
const collinear: Design = (() => {
  const base = normalDesign(ROWS, 3, 3);
  const row = (r: number): number[] => [...base.values.subarray(3 * r, 3 * r + 3)];
  // The fourth column repeats the first, the fifth is the sum of two, the sixth is constant.
  const values = Array.from({ length: ROWS }, (_, r) => row(r)).flatMap(([a, b, c]) => [a, b, c, a, b + c, 7]);
  return { rows: ROWS, columns: 6, values: Float32Array.from(values) };
})();

describe('fitLogistic', () => {
  it.each([
    ['ordinary', ordinary, drawn(normalDesign(ROWS, 5, 1)), 0.01],
    ['separable', separable, Array.from({ length: ROWS }, (_, r) => Number(separable.values[5 * r] > 0.3)), 1e-4],
    ['collinear', collinear, drawn(collinear), 1e-3],
  ])('agrees with Newton on two classes: %s', async (_, design, labels, penalty) => {
    const fit = await fitLogistic(design, labels, { classes: 2, penalty });
    expect(fit.converged).toBe(true);
    const newton = newtonLogistic(standardised(design), labels, 2, penalty);
    const reference = toRaw(
      standardise(design, allRows(design)),
      Float64Array.from(newton.slice(0, design.columns)),
      Float64Array.from(newton.slice(design.columns)),
    );
    const scale = Math.max(...reference.weights.map(Math.abs));
    fit.weights.forEach((weight, i) => expect(Math.abs(weight - reference.weights[i]) / scale).toBeLessThan(1e-6));
    expect(Math.abs(fit.intercepts[0] - reference.intercepts[0]) / scale).toBeLessThan(1e-6);
  });

  it('agrees with Newton on four classes', async () => {
    const design = normalDesign(ROWS, 4, 5);
    const labels = Array.from({ length: ROWS }, (_, r) => {
      const own = [0, 1, 2].map((c) => design.values[4 * r + c] + random.normal());
      return Math.max(...own) < 0.2 ? 3 : own.indexOf(Math.max(...own));
    });
    const fit = await fitLogistic(design, labels, { classes: 4, penalty: 0.003 });
    const newton = newtonLogistic(standardised(design), labels, 4, 0.003);
    const reference = toRaw(
      standardise(design, allRows(design)),
      Float64Array.from(newton.slice(0, 16)),
      Float64Array.from(newton.slice(16)),
    );
    expect(fit.converged).toBe(true);
    fit.weights.forEach((weight, i) => expect(weight).toBeCloseTo(reference.weights[i], 6));
    fit.intercepts.forEach((offset, i) => expect(offset).toBeCloseTo(reference.intercepts[i], 6));
  });

  it('scores as its weights say, and gives a constant column none', async () => {
    const fit = await fitLogistic(collinear, drawn(collinear), { classes: 2, penalty: 0.1 });
    expect(fit.weights[5]).toBeCloseTo(0, 12);
    // Equal columns share a weight equally: that is where the penalty is least.
    expect(fit.weights[3]).toBeCloseTo(fit.weights[0], 8);
    const row = collinear.values.subarray(6, 12);
    const score = row.reduce((sum, x, c) => sum + x * fit.weights[c], fit.intercepts[0]);
    expect(scoreRows(collinear, fit)[1]).toBeCloseTo(score, 10);
  });

  it('says when it did not converge', async () => {
    const labels = drawn(normalDesign(ROWS, 5, 1));
    const fit = await fitLogistic(ordinary, labels, { classes: 2, penalty: 1e-3, maxIterations: 2 });
    expect(fit).toMatchObject({ converged: false, iterations: 2 });
    expect(fit.gradientNorm).toBeGreaterThan(1e-9);
  });

  it('learns from the rows it is given alone', async () => {
    const half = Int32Array.from({ length: 500 }, (_, i) => 2 * i);
    const labels = drawn(separable);
    const other = { ...separable, values: separable.values.map((x, i) => (Math.floor(i / 5) % 2 === 0 ? x : -x)) };
    const changed = labels.map((label, r) => (r % 2 === 0 ? label : 1 - label));
    const options = { classes: 2, penalty: 0.01, rows: half };
    const [first, second] = [await fitLogistic(separable, labels, options), await fitLogistic(other, changed, options)];
    expect(second.weights).toEqual(first.weights);
  });

  it('refuses what cannot be fitted', async () => {
    const options = { classes: 2, penalty: 1 };
    await expect(fitLogistic(ordinary, [1, 0], options)).rejects.toThrow('labels: 2 for 1000 rows');
    await expect(fitLogistic(ordinary, Array(ROWS).fill(1), options)).rejects.toThrow('a single class (1)');
    await expect(fitLogistic(ordinary, Array(ROWS).fill(2), options)).rejects.toThrow('row 0 has 2, not a class');
    const labels = drawn(separable);
    await expect(fitLogistic(ordinary, labels, { classes: 2, penalty: 0 })).rejects.toThrow('not above 0 (0)');
  });
});
