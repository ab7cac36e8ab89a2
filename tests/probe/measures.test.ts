import { describe, expect, it } from 'vitest';
import { calibration, estimateMeasure, selectivity, weightedMeasure, type Scored } from '../../src/probe/index.js';
import { graphAucs } from '../../src/probe/measures/scored.js';
import { createRandom } from '../../src/random.js';

/** Two graphs with two nodes each, seen twice; node 1 scores high whatever its label. */
const scored: Scored = {
  scores: [1, 5, 2, 6, 3, 4, 0, 9],
  labels: [0, 1, 1, 0, 1, 1, 0, -1],
  graphs: [0, 0, 0, 0, 1, 1, 1, 1],
  nodes: [0, 1, 0, 1, 0, 1, 0, 1],
};
const value = (measure: Parameters<typeof weightedMeasure>[0], weights = [1, 1]): number =>
  weightedMeasure(measure, scored, 2).of(Float64Array.from(weights));

describe('weightedMeasure', () => {
  it('pools all pairs', () => {
    // Ones 5, 2, 3, 4 against zeros 1, 6, 0: each beats 1 and 0, none 6.
    expect(value('pooled')).toBeCloseTo(8 / 12, 12);
  });

  it('compares inside node ids', () => {
    // Node 0: ones 2, 3 beat zeros 1, 0, four of four. Node 1: ones 5, 4 lose to the zero 6, none of two.
    expect(value('withinNode')).toBeCloseTo(4 / 6, 12);
  });

  it('averages over graphs', () => {
    // Graph 0: 5 and 2 against 1 and 6: two of four. Graph 1: 3 and 4 against 0: all.
    expect(value('withinGraph')).toBeCloseTo(0.75, 12);
    expect(value('withinGraph', [3, 1])).toBeCloseTo((3 * 0.5 + 1) / 4, 12);
  });

  it('averages over the items of a graph before', () => {
    // Item 0: 5 beats 1. Item 1: 2 loses to 6. Item 2 has no zero; item 3 no one: graph 1 has none.
    const asked = { ...scored, items: [0, 0, 1, 1, 2, 2, 3, 3] };
    const measure = weightedMeasure('withinGraph', asked, 2);
    expect(measure.of(Float64Array.of(1, 5))).toBe(0.5);
    expect(measure).toMatchObject({ n: 7, clusters: 2, items: 2, graphs: 1 });
    expect([...graphAucs({ ...asked, items: [0, 0, 1, 1, 2, 2, 2, 2] }, 2)]).toEqual([0.5, 1]);
    expect(() => weightedMeasure('withinGraph', { ...scored, items: [0, 0, 1, 1, 1, 2, 2, 2] }, 2)).toThrow(
      'item 1 is in graphs 0 and 1',
    );
  });

  it('counts scores above 0 that are ones', () => {
    // Right: the four ones and the zero that scores 0.
    expect(value('accuracy')).toBeCloseTo(5 / 7, 12);
    expect(value('accuracy', [0, 2])).toBe(1);
  });

  it('has the AUC of the resampled data where graphs are drawn', () => {
    // Graph 1 alone: node 0: 3 beats 0; node 1 has no zero.
    expect(value('withinNode', [0, 2])).toBe(1);
    expect(value('pooled', [1, 0])).toBe(0.5);
    expect(value('pooled', [0, 0])).toBeNaN();
  });

  it('refuses a labelled score that is not a number', () => {
    expect(() =>
      weightedMeasure('pooled', { ...scored, scores: scored.labels.length ? [NaN, 1, 1, 1, 1, 1, 1, 1] : [] }, 2),
    ).toThrow('score 0 is NaN');
    const absent = { ...scored, scores: [1, 5, 2, 6, 3, 4, 0, Number.NaN] };
    expect(weightedMeasure('pooled', absent, 2).n).toBe(7);
  });
});

describe('selectivity', () => {
  const random = createRandom(1).fork('scores');
  const graphs = Array.from({ length: 400 }, (_, i) => Math.floor(i / 4));
  const labels = graphs.map(() => random.integer(2));
  const shared = graphs.map(() => random.normal());
  const strong: Scored = { graphs, labels, scores: labels.map((label, i) => 2 * label + shared[i]) };
  const weak: Scored = { graphs, labels, scores: labels.map((label, i) => 1.5 * label + shared[i]) };

  it('is the difference, with the interval of a paired difference', () => {
    const { task, control, selectivity: own } = selectivity('pooled', strong, weak, 100, { seed: 1 });
    expect(own.value).toBeCloseTo((task.value ?? 0) - (control.value ?? 0), 12);
    expect(own).toMatchObject({ n: 400, clusters: 100 });
    const width = (e: { low: number | null; high: number | null }): number => (e.high ?? NaN) - (e.low ?? NaN);
    // The two share their noise: unpaired, the width would be the root of the sum of squares.
    expect(width(own)).toBeLessThan(0.5 * Math.hypot(width(task), width(control)));
    expect(own.low).toBeGreaterThan(0);
  });

  it('is 0 between a probe and itself', () => {
    expect(selectivity('withinGraph', strong, strong, 100, { seed: 1 }).selectivity).toMatchObject({
      value: 0,
      low: 0,
      high: 0,
    });
  });

  it('is null where a control has one label', () => {
    const single = { ...weak, labels: labels.map(() => 1) };
    expect(selectivity('pooled', strong, single, 100, { seed: 1 }).selectivity.value).toBeNull();
    expect(estimateMeasure('pooled', single, 100, { seed: 1 }).value).toBeNull();
  });
});

describe('calibration', () => {
  it('is computed by hand', () => {
    // Probabilities 0.75 and 0.25 twice each, right once and wrong once; one observation unlabelled.
    const logit = Math.log(3);
    const { n, baseRate, brier, skill, logLoss } = calibration({
      scores: [logit, logit, -logit, -logit, 8],
      labels: [1, 0, 0, 1, -1],
    });
    expect({ n, baseRate }).toEqual({ n: 4, baseRate: 0.5 });
    expect(brier.score).toBeCloseTo((2 * 0.0625 + 2 * 0.5625) / 4, 12);
    expect(skill).toBeCloseTo(1 - 0.3125 / 0.25, 12);
    expect(logLoss).toBeCloseTo(-(Math.log2(0.75) + Math.log2(0.25)) / 2, 12);
  });
});
