import { describe, expect, it } from 'vitest';
import { estimateAll, judge, notApplicable } from '../../src/claim/judge.js';
import { meanOf } from '../../src/claim/statistic.js';
import { PREDICTIONS, THRESHOLDS } from '../../src/claim/predictions/index.js';
import type { Threshold } from '../../src/claim/thresholds.js';

const SETTINGS = { seed: 1, resamples: 400, flips: 999 };
const SENTENCES = { supports: 'yes', contradicts: 'no' };
const graphs = (n: number): { graph: string }[] => Array.from({ length: n }, (_, i) => ({ graph: `graph ${i}` }));

/** One criterion, `share` of n items at 1 and the others at 0. */
function judged(n: number, share: number, threshold: Threshold = THRESHOLDS.followsSwap): ReturnType<typeof judge> {
  const values = Array.from({ length: n }, (_, i) => Number(i < share * n));
  const criterion = { name: 'one', description: 'of it', statistic: meanOf(values, 0.5), reference: 0.5, threshold };
  return judge(graphs(n), { criteria: [criterion] }, SETTINGS, SENTENCES);
}

describe('judge', () => {
  it('supports where the whole interval is beyond the threshold, contradicts where it is beyond the other', () => {
    expect(judged(100, 0.95)).toMatchObject({ verdict: 'supports', reason: 'yes' });
    expect(judged(100, 0.3)).toMatchObject({ verdict: 'contradicts', reason: 'no (one)' });
    expect(judged(100, 0.65)).toMatchObject({ verdict: 'undetermined' });
  });

  it('turns round for what a search stays below', () => {
    expect(judged(100, 0.95, THRESHOLDS.cutPreference).verdict).toBe('contradicts');
    expect(judged(100, 0.5, THRESHOLDS.cutPreference).verdict).toBe('supports');
  });

  it('gives no verdict on fewer than 30 graphs, however clear, and says how many there are', () => {
    expect(judged(29, 1)).toMatchObject({
      verdict: 'undetermined',
      reason: 'too few graphs for one (29; at least 30)',
    });
    expect(judged(30, 1).verdict).toBe('supports');
  });

  it('lets one criterion contradict and asks all to support', () => {
    const of = (name: string, value: number): Parameters<typeof judge>[1]['criteria'][number] => ({
      name,
      description: '',
      statistic: meanOf(new Array<number>(50).fill(value), 0.5),
      reference: 0.5,
      threshold: THRESHOLDS.followsSwap,
    });
    const all = (...values: number[]): string =>
      judge(graphs(50), { criteria: values.map((value, i) => of(`c${i}`, value)) }, SETTINGS, SENTENCES).verdict;
    expect(all(1, 1)).toBe('supports');
    expect(all(1, 0.6)).toBe('undetermined');
    expect(all(1, 0.6, 0.4)).toBe('contradicts');
  });

  it('gives no verdict where the gate is shut, but all numbers', () => {
    const statistic = meanOf(new Array<number>(50).fill(0), 0.5);
    const criteria = [{ name: 'one', description: '', statistic, reference: 0.5, threshold: THRESHOLDS.followsSwap }];
    const shut = { statistic: meanOf(new Array<number>(50).fill(0.5), 0.5), reason: 'nothing to lose' };
    const found = judge(graphs(50), { criteria, gate: shut }, SETTINGS, SENTENCES);
    expect(found).toMatchObject({ verdict: 'undetermined', reason: 'nothing to lose' });
    expect(found.criteria[0].estimate.value).toBe(0);
    const open = { ...shut, statistic: meanOf(new Array<number>(50).fill(0.9), 0.5) };
    expect(judge(graphs(50), { criteria, gate: open }, SETTINGS, SENTENCES).verdict).toBe('contradicts');
  });

  it('takes graphs, not items, as the units of interval and p', () => {
    // 60 items of one graph are one observation.
    const same = Array.from({ length: 60 }, () => ({ graph: 'one' }));
    const [estimate] = estimateAll(same, [{ statistic: meanOf(new Array<number>(60).fill(1), 0.5) }], SETTINGS);
    expect(estimate).toEqual({ value: 1, low: null, high: null, n: 60, clusters: 1 });
  });

  it('counts only items that contribute', () => {
    const values = [1, undefined, 1, undefined];
    const [estimate] = estimateAll(graphs(4), [{ statistic: meanOf(values, 0) }], SETTINGS);
    expect(estimate).toMatchObject({ n: 2, clusters: 2 });
  });

  it('gives the same numbers for the same seed, and a p by sign flips', () => {
    expect(judged(100, 0.6)).toEqual(judged(100, 0.6));
    // 60 against 40 with a fair coin: exact two-sided binomial p = .0569.
    expect(judged(100, 0.6).criteria[0].p).toBeCloseTo(0.057, 1);
    expect(judged(100, 1).criteria[0].p).toBe(1 / 1000);
  });

  it('has no numbers of nothing', () => {
    expect(judge([], { criteria: [] }, SETTINGS, SENTENCES).criteria).toEqual([]);
    expect(notApplicable('no thoughts')).toEqual({
      verdict: 'notApplicable',
      reason: 'no thoughts',
      criteria: [],
      measures: [],
    });
  });
});

describe('thresholds', () => {
  it.each(Object.entries(THRESHOLDS))(
    '%s has a reason, and no gap on the wrong side',
    (name, { direction, support, contradict, why }) => {
      expect(why.length).toBeGreaterThan(40);
      // These overlap by intent: any effect is evidence, and what is all but none speaks against.
      if (name !== 'competence' && name !== 'beyondControl')
        expect(direction === 'above' ? support - contradict : contradict - support).toBeGreaterThanOrEqual(0);
    },
  );

  it('have names of their own', () => {
    const names = PREDICTIONS.flatMap(({ thresholds }) => Object.keys(thresholds));
    expect(Object.keys(THRESHOLDS)).toEqual(['competence', ...names]);
  });
});
