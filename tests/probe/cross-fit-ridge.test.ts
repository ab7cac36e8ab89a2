import { describe, expect, it } from 'vitest';
import { allRows, crossFitRidge, fitRidge, scoreRows } from '../../src/probe/index.js';
import { createRandom } from '../../src/random.js';
import { normalDesign } from './support.js';

const ROWS = 600;
const normal = normalDesign(ROWS, 4, 3);
const design = { ...normal, values: normal.values.map((x, i) => (i % 4 === 3 ? 2 : 3 * x + 10)) };
const groups = Int32Array.from({ length: ROWS }, (_, r) => Math.floor(r / 4));
const random = createRandom(5).fork('targets');
const targets = Float64Array.from({ length: ROWS }, (_, r) => 2 * normal.values[4 * r] + random.normal());

describe('crossFitRidge', () => {
  it('predicts each fold by the ridge regression of the others', async () => {
    const { predictions, folds, fits } = await crossFitRidge(design, targets, groups, {
      seed: 1,
      penalties: [100, 0.01],
    });
    for (const { fold, penalty, losses, weights } of fits) {
      expect(penalty).toBe(0.01);
      expect(losses[1]).toBeLessThan(losses[0]);
      const rows = allRows(design).filter((r) => folds[r] !== fold);
      const [reference] = fitRidge(design, targets, [0.01], rows);
      weights.forEach((w, c) => expect(w).toBeCloseTo(reference.weights[c], 9));
      const scores = scoreRows(design, reference);
      folds.forEach((f, r) => {
        if (f === fold) expect(predictions[r]).toBeCloseTo(scores[r], 8);
      });
    }
    // The noise has variance 1; what is predicted has 4.
    const error = predictions.reduce((sum, p, r) => sum + (p - targets[r]) ** 2, 0) / ROWS;
    expect(error).toBeGreaterThan(0.8);
    expect(error).toBeLessThan(1.25);
  });

  it('predicts nothing of a number that the graph alone decides', async () => {
    const ofGraph = Array.from({ length: ROWS / 4 }, () => random.normal());
    const own = Float64Array.from(groups, (g) => ofGraph[g]);
    const { predictions } = await crossFitRidge(design, own, groups, { seed: 1 });
    const variance = own.reduce((sum, y) => sum + y * y, 0) / ROWS;
    const error = predictions.reduce((sum, p, r) => sum + (p - own[r]) ** 2, 0) / ROWS;
    expect(error).toBeGreaterThan(0.95 * variance);
  });

  it('refuses a target that is not a number', async () => {
    const holed = targets.map((y, r) => (r === 7 ? Number.NaN : y));
    await expect(crossFitRidge(design, holed, groups, { seed: 1 })).rejects.toThrow(
      'targets: row 7 is not finite (NaN)',
    );
  });

  it('takes a column that varies in the first fold alone for constant in the others', async () => {
    const { folds } = await crossFitRidge(design, targets, groups, { seed: 1, penalties: [0.01] });
    const values = design.values.slice();
    // The origin of the sums is this fold's mean: elsewhere the column is that far away from it, and nothing but rounding.
    folds.forEach((fold, r) => {
      values[4 * r + 3] = fold === 0 ? 1000 * normal.values[4 * r + 3] + 12345.678 : 0;
    });
    const { fits } = await crossFitRidge({ ...design, values }, targets, groups, { seed: 1, penalties: [0.01, 1e-6] });
    expect(fits[0].weights[3]).toBe(0);
    expect(fits[0].weights[0]).toBeCloseTo(2 / 3, 1);
  });
});
