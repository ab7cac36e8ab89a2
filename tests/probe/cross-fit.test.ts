import { describe, expect, it } from 'vitest';
import { allRows, crossFit, fitLogistic, scoreRows, type CrossFit, type Design } from '../../src/probe/index.js';
import { auc } from '../../src/statistics/index.js';
import { createRandom } from '../../src/random.js';
import { normalDesign } from './support.js';

const GRAPHS = 200;
const PER_GRAPH = 5;
const ROWS = GRAPHS * PER_GRAPH;
const groups = Int32Array.from({ length: ROWS }, (_, r) => Math.floor(r / PER_GRAPH));
const random = createRandom(3).fork('labels');

/** Thoughts of which half the variance is their graph's own: what a split by thought would leak through. */
const design: Design = (() => {
  const own = normalDesign(GRAPHS, 8, 1);
  const { values } = normalDesign(ROWS, 8, 2);
  return {
    rows: ROWS,
    columns: 8,
    values: values.map((x, i) => x + own.values[groups[Math.floor(i / 8)] * 8 + (i % 8)]),
  };
})();

const linear = Int32Array.from({ length: ROWS }, (_, r) =>
  Number(design.values[8 * r] - design.values[8 * r + 1] + random.normal() > 0),
);

const aucOf = (fit: CrossFit, labels: ArrayLike<number>): number =>
  auc(
    fit.scores,
    Array.from(labels, (label) => label === 1),
  );

describe('crossFit', () => {
  it('scores every row by a probe fitted on the other folds, which a fit in double precision confirms', async () => {
    const fit = await crossFit(design, linear, groups, { classes: 2, seed: 1, penalties: [0.01, 0.1] });
    expect(fit.inner).toEqual({ fits: 20, unconverged: 0 });
    for (const { fold, penalty, converged } of fit.fits) {
      expect(converged).toBe(true);
      const rows = allRows(design).filter((r) => fit.folds[r] !== fold);
      const scores = scoreRows(design, await fitLogistic(design, linear, { classes: 2, penalty, rows }));
      fit.folds.forEach((f, r) => {
        if (f === fold) expect(fit.scores[r]).toBeCloseTo(scores[r], 2.5);
      });
    }
    expect(aucOf(fit, linear)).toBeGreaterThan(0.9);
  });

  it('exports the weights of each fold in the units of the design', async () => {
    const fit = await crossFit(design, linear, groups, { classes: 2, seed: 1, penalties: [0.01] });
    for (const own of fit.fits) {
      const scores = scoreRows(design, own);
      fit.folds.forEach((f, r) => {
        if (f === own.fold) expect(fit.scores[r]).toBeCloseTo(scores[r], 4);
      });
    }
  });

  it('never has a graph on both sides', async () => {
    const fit = await crossFit(design, linear, groups, { classes: 2, seed: 1, penalties: [1] });
    fit.folds.forEach((fold, r) => expect(fold).toBe(fit.folds[groups[r] * PER_GRAPH]));
  });

  it('chooses the penalty with the least held-out loss inside', async () => {
    const penalties = [0.001, 100, 0.03];
    const fit = await crossFit(design, linear, groups, { classes: 2, seed: 1, penalties });
    for (const { penalty, losses } of fit.fits) {
      expect(losses).toHaveLength(3);
      expect(penalty).toBe(penalties[losses.indexOf(Math.min(...losses))]);
      // All but no weights: the base rate's log loss.
      expect(losses[1]).toBeCloseTo(Math.LN2, 1);
    }
  });

  it('fits several classes by softmax', async () => {
    const classes = Int32Array.from({ length: ROWS }, (_, r) => {
      const own = [0, 1, 2].map((c) => design.values[8 * r + c]);
      return own.indexOf(Math.max(...own));
    });
    const fit = await crossFit(design, classes, groups, { classes: 3, seed: 1, penalties: [0.001] });
    const right = classes.filter((label, r) => {
      const own = [...fit.scores.subarray(3 * r, 3 * r + 3)];
      return own.indexOf(Math.max(...own)) === label;
    });
    expect(fit.fits.every(({ converged }) => converged)).toBe(true);
    expect(right.length / ROWS).toBeGreaterThan(0.93);
  });

  it('is at chance on labels that are a function of the graph alone', async () => {
    const ofGraph = Array.from({ length: GRAPHS }, () => random.integer(2));
    const labels = Int32Array.from(groups, (g) => ofGraph[g]);
    const fit = await crossFit(design, labels, groups, { classes: 2, seed: 1 });
    // 200 graphs: the standard error of an AUC between them is 0.04. Out of fold, chance is a little below 0.5.
    expect(Math.abs(aucOf(fit, labels) - 0.5)).toBeLessThan(0.12);
    // The same labels are learnt where a split by row lets a graph stand on both sides.
    const byRow = await crossFit(design, labels, allRows(design), { classes: 2, seed: 1 });
    expect(aucOf(byRow, labels)).toBeGreaterThan(aucOf(fit, labels) + 0.05);
  });

  it('is at chance on shuffled rows', async () => {
    const labels = Int32Array.from(random.shuffle([...linear]));
    const fit = await crossFit(design, labels, groups, { classes: 2, seed: 1 });
    expect(Math.abs(aucOf(fit, labels) - 0.5)).toBeLessThan(0.07);
  });

  it('gives the same numbers for the same seed', async () => {
    const options = { classes: 2, seed: 5, penalties: [0.1] };
    const first = await crossFit(design, linear, groups, options);
    expect(await crossFit(design, linear, groups, options)).toEqual(first);
  });

  it('refuses numbers that are not finite, one class, and too few folds to choose in', async () => {
    const holed = { ...design, values: design.values.map((x, i) => (i === 19 ? Number.NaN : x)) };
    const options = { classes: 2, seed: 1 };
    await expect(crossFit(holed, linear, groups, options)).rejects.toThrow('row 2, column 3 is not finite (NaN)');
    await expect(crossFit(design, linear.fill(1).slice(), groups, options)).rejects.toThrow('hold a single class (1)');
    await expect(
      crossFit(
        design,
        Int32Array.from(groups, (g) => g % 2),
        groups,
        { ...options, folds: 2 },
      ),
    ).rejects.toThrow('folds: too few to choose a penalty inside (2)');
  });
});
