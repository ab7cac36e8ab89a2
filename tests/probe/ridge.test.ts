import { describe, expect, it } from 'vitest';
import { fitRidge, scoreRows } from '../../src/probe/index.js';
import { createRandom } from '../../src/random.js';
import { normalDesign, solveDense, standardised } from './support.js';

const random = createRandom(9).fork('targets');
const COLUMNS = 6;
const normal = normalDesign(1000, COLUMNS, 1);
// Columns of different sizes, far from 0, one constant.
const design = {
  ...normal,
  values: normal.values.map((x, i) => (i % COLUMNS === 5 ? 3 : x * 10 ** ((i % COLUMNS) - 2) + 5 * (i % COLUMNS))),
};
const targets = Array.from(
  { length: 1000 },
  (_, r) => 2 * normal.values[r * COLUMNS] - normal.values[r * COLUMNS + 3] + 7 + random.normal(),
);

describe('fitRidge', () => {
  it('solves the normal equations to 1e-8, for every penalty', () => {
    const x = standardised(design);
    const mean = targets.reduce((sum, y) => sum + y, 0) / 1000;
    const penalties = [10, 0.1, 0.001];
    fitRidge(design, targets, penalties).forEach((fit, p) => {
      const gram = Array.from({ length: COLUMNS }, (_, i) =>
        Array.from(
          { length: COLUMNS },
          (__, j) => x.reduce((sum, row) => sum + row[i] * row[j], 0) / 1000 + (i === j ? penalties[p] : 0),
        ),
      );
      const right = Array.from({ length: COLUMNS }, (_, i) =>
        x.reduce((sum, row, r) => sum + (row[i] * (targets[r] - mean)) / 1000, 0),
      );
      const solution = solveDense(gram, right);
      const scores = scoreRows(design, fit);
      const expected = x.map((row) => row.reduce((sum, value, c) => sum + value * solution[c], mean));
      expected.forEach((score, r) => expect(Math.abs(scores[r] - score)).toBeLessThan(1e-8 * Math.abs(score) + 1e-8));
      expect(fit.penalty).toBe(penalties[p]);
      expect(fit.weights[5]).toBe(0);
      const scale = (c: number): number =>
        Math.hypot(...design.values.filter((_, i) => i % COLUMNS === c).map((v) => v - mean0(c))) / Math.sqrt(1000);
      for (let c = 0; c < 5; c++) expect(Math.abs((fit.weights[c] * scale(c)) / solution[c] - 1)).toBeLessThan(1e-8);
    });
  });

  it('learns from the rows it is given alone', () => {
    const rows = Int32Array.from({ length: 300 }, (_, i) => 3 * i);
    const changed = targets.map((y, r) => (r % 3 === 0 ? y : -100));
    expect(fitRidge(design, changed, [0.1], rows)).toEqual(fitRidge(design, targets, [0.1], rows));
  });

  it('refuses a penalty of 0 and targets of another length', () => {
    expect(() => fitRidge(design, targets, [0])).toThrow('penalties: not above 0 (0)');
    expect(() => fitRidge(design, [1], [1])).toThrow('targets: 1 for 1000 rows');
  });
});

function mean0(c: number): number {
  let sum = 0;
  for (let r = 0; r < 1000; r++) sum += design.values[r * COLUMNS + c];
  return sum / 1000;
}
