import { describe, expect, it } from 'vitest';
import { judge, notApplicable, type CriterionSpec } from '../../src/claim/judge.js';
import { meanOf, shareOf, slopeOf } from '../../src/claim/statistic.js';
import { PREDICTIONS, THRESHOLDS } from '../../src/claim/predictions/index.js';
import type { Finding } from '../../src/claim/prediction.js';
import type { Threshold } from '../../src/claim/thresholds.js';

const SENTENCES = { supports: 'yes', contradicts: 'no' };
const graphs = (n: number): { graph: string }[] => Array.from({ length: n }, (_, i) => ({ graph: `graph ${i}` }));

/** One criterion, `share` of n items at 1 and the others at 0. */
function of(n: number, share: number, threshold: Threshold = THRESHOLDS.followsSwap, name = 'one'): CriterionSpec {
  const values = Array.from({ length: n }, (_, i) => Number(i < share * n));
  return { name, description: 'of it', statistic: shareOf(values), reference: 0.5, threshold };
}

const judged = (n: number, share: number, threshold?: Threshold): Finding =>
  judge(graphs(n), { criteria: [of(n, share, threshold)] }, SENTENCES);

describe('judge', () => {
  it('supports where the whole interval is beyond the threshold, contradicts where it is beyond the other', () => {
    expect(judged(100, 0.95)).toMatchObject({ verdict: 'supports', reason: 'yes' });
    expect(judged(100, 0.3)).toMatchObject({ verdict: 'contradicts', reason: 'no (one)' });
    expect(judged(100, 0.65)).toMatchObject({
      verdict: 'undetermined',
      reason: 'one is on neither side of its thresholds',
    });
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
    const all = (...shares: number[]): Finding =>
      judge(graphs(50), { criteria: shares.map((share, i) => of(50, share, undefined, `c${i}`)) }, SENTENCES);
    expect(all(1, 1).verdict).toBe('supports');
    expect(all(1, 0.6).verdict).toBe('undetermined');
    expect(all(1, 0.6, 0.2, 0.1)).toMatchObject({ verdict: 'contradicts', reason: 'no (c2, c3)' });
  });

  it('does not let a criterion contradict that is exempt, and says why', () => {
    const exempt = { ...of(50, 0.1), exemption: 'the head need not read it' };
    const { verdict, reason, criteria } = judge(graphs(50), { criteria: [of(50, 1), exempt] }, SENTENCES);
    expect([verdict, reason]).toEqual(['undetermined', 'one: the head need not read it']);
    expect(criteria.map((one) => one.verdict)).toEqual(['supports', 'undetermined']);
    // Support counts as that of any other.
    expect(judge(graphs(50), { criteria: [{ ...exempt, ...of(50, 1) }] }, SENTENCES).verdict).toBe('supports');
  });

  it('gives no verdict where the gate is shut, but all numbers', () => {
    const shut = { statistic: shareOf(new Array<number>(50).fill(0.5)), reason: 'nothing to lose' };
    const found = judge(graphs(50), { criteria: [of(50, 0)], gate: shut }, SENTENCES);
    expect(found).toMatchObject({ verdict: 'undetermined', reason: 'nothing to lose', growth: null });
    expect(found.criteria[0].estimate.value).toBe(0);
    const open = { ...shut, statistic: shareOf(new Array<number>(50).fill(0.9)) };
    expect(judge(graphs(50), { criteria: [of(50, 0)], gate: open }, SENTENCES).verdict).toBe('contradicts');
  });

  it('takes graphs, not items, as the units of interval and p', () => {
    // 60 items of one graph are one observation.
    const same = Array.from({ length: 60 }, () => ({ graph: 'one' }));
    const { criteria } = judge(same, { criteria: [of(60, 1)] }, SENTENCES);
    expect(criteria[0]).toMatchObject({ estimate: { value: 1, low: null, high: null, n: 60, clusters: 1 }, p: null });
  });

  it('has p against the threshold that supports, on its side', () => {
    // z = .2 / sqrt(.75 x .25 / 100).
    expect(judged(100, 0.95).criteria[0].p).toBeCloseTo(1.93e-6, 8);
    expect(judged(100, 0.75).criteria[0].p).toBe(0.5);
    expect(judged(100, 0.5, THRESHOLDS.cutPreference).criteria[0].p).toBeLessThan(0.025);
    expect(judged(100, 0.95, THRESHOLDS.cutPreference).criteria[0].p).toBeGreaterThan(0.999);
  });

  it('gives the same numbers whatever was judged before', () => {
    const first = judged(100, 0.6);
    judged(37, 0.2);
    expect(judged(100, 0.6)).toEqual(first);
  });

  it('has no numbers of nothing', () => {
    expect(judge([], { criteria: [] }, SENTENCES).criteria).toEqual([]);
    expect(judge([], { criteria: [of(0, 0)] }, SENTENCES)).toMatchObject({ verdict: 'undetermined', growth: null });
    expect(notApplicable('no thoughts')).toEqual({
      verdict: 'notApplicable',
      reason: 'no thoughts',
      criteria: [],
      measures: [],
      growth: null,
    });
  });
});

describe('growth', () => {
  const growth = (...criteria: CriterionSpec[]): number | null => judge(graphs(100), { criteria }, SENTENCES).growth;

  it('is by how many times more graphs the interval would be beyond the threshold', () => {
    // 80 of 100, from .7111708 on: (.8 - .7111708)^2 / .05^2.
    expect(growth(of(100, 0.8))).toBeCloseTo((0.8 - 0.7111708) ** 2 / 0.0025, 4);
    // Below a threshold the other end counts: 50 of 100, up to .5961683.
    const ceiling: Threshold = { ...THRESHOLDS.cutPreference, support: 0.55 };
    expect(growth(of(100, 0.5, ceiling))).toBeCloseTo(0.0961683 ** 2 / 0.0025, 4);
  });

  it('is the most that a criterion asks for', () => {
    expect(growth(of(100, 0.8), of(100, 1), of(100, 0.78))).toBe(growth(of(100, 0.78)));
  });

  it('is none where it is decided, or where more would not help', () => {
    expect([growth(of(100, 0.95)), growth(of(100, 0.3))]).toEqual([null, null]);
    expect(growth(of(100, 0.75))).toBeNull();
    expect(growth(of(100, 0.8), of(100, 0.7))).toBeNull();
  });

  it('is at least what thirty graphs ask for', () => {
    const few = (n: number): number | null => judge(graphs(n), { criteria: [of(n, 1)] }, SENTENCES).growth;
    expect(few(24)).toBe(30 / 24);
    // No interval yet.
    expect(few(5)).toBe(6);
    // Graphs enough, and no number all the same.
    const flat = slopeOf(Array.from({ length: 40 }, (_, y) => [[[1, y]]]));
    const undefinedOnes = { ...of(40, 1), statistic: flat };
    expect(judge(graphs(40), { criteria: [undefinedOnes] }, SENTENCES).growth).toBeNull();
  });
});

describe('measures', () => {
  it('are estimated and decide nothing', () => {
    const measure = { name: 'm', description: '', statistic: meanOf(new Array<number>(50).fill(-3)), reference: null };
    const { verdict, measures } = judge(graphs(50), { criteria: [of(50, 1)], measures: [measure] }, SENTENCES);
    expect(verdict).toBe('supports');
    expect(measures).toEqual([
      {
        name: 'm',
        description: '',
        reference: null,
        estimate: { value: -3, low: null, high: null, n: 50, clusters: 50 },
      },
    ]);
  });
});

describe('thresholds', () => {
  it.each(Object.entries(THRESHOLDS))(
    '%s has a reason, and no gap on the wrong side',
    (name, { direction, support, contradict, why }) => {
      expect(why.length).toBeGreaterThan(40);
      // These overlap by intent: any effect is evidence, and what is all but none speaks against.
      if (name !== 'competence' && name !== 'beyondControl' && contradict !== null)
        expect(direction === 'above' ? support - contradict : contradict - support).toBeGreaterThanOrEqual(0);
    },
  );

  it('have names of their own', () => {
    const names = PREDICTIONS.flatMap(({ thresholds }) => Object.keys(thresholds));
    expect(Object.keys(THRESHOLDS)).toEqual(['competence', 'searched', ...names]);
  });
});
