import { describe, expect, it } from 'vitest';
import { correctForTests } from '../../src/claim/correct-for-tests.js';
import type { PredictionId, Verdict } from '../../src/claim/prediction.js';

type Found = Parameters<typeof correctForTests>[0][number];

describe('correctForTests', () => {
  const judged = (id: PredictionId, verdict: Verdict, ...ps: (number | null)[]): Found => ({
    id,
    title: '',
    predicts: '',
    falsifiedBy: '',
    doesNotShow: '',
    role: 'search',
    evidence: 'behaviour',
    verdict,
    reason: '',
    criteria: ps.map((p, i) => ({
      name: `criterion ${i}`,
      description: '',
      estimate: { value: 0.9, low: 0.8, high: 1, n: 100, clusters: 100 },
      reference: null,
      direction: 'above',
      support: 0.6,
      contradict: 0.6,
      p,
      verdict: 'supports',
    })),
    measures: [],
    growth: null,
  });
  const NEEDED: readonly PredictionId[] = ['F1', 'F6'];

  it('takes the largest p of a test and corrects over tests, those without a p apart', () => {
    const corrected = correctForTests(
      [judged('F3', 'supports', 0.001, 0.01), judged('F7', 'supports', 0.02), judged('F9', 'supports', null)],
      NEEDED,
    );
    // Holm over .01 and .02: twice .01, and .02.
    expect(corrected.map(({ p, correctedP }) => [p, correctedP])).toEqual([
      [0.01, 0.02],
      [0.02, 0.02],
      [null, null],
    ]);
    expect(corrected.map(({ verdict }) => verdict)).toEqual(['supports', 'supports', 'supports']);
  });

  it('withdraws support that does not survive, at .025', () => {
    const weak = correctForTests([judged('F3', 'supports', 0.02), judged('F7', 'supports', 0.02)], NEEDED);
    expect(weak.map(({ verdict }) => verdict)).toEqual(['undetermined', 'undetermined']);
    expect(weak[0].reason).toBe('corrected for the number of tests, p is 0.040');
    const [alone] = correctForTests([judged('F3', 'supports', 0.02)], NEEDED);
    expect(alone.verdict).toBe('supports');
    expect(correctForTests([judged('F3', 'supports', 0.025)], NEEDED)[0].verdict).toBe('undetermined');
  });

  it('counts tests that fail among those that were tried, and leaves their verdicts', () => {
    const [strong, against, open] = correctForTests(
      [judged('F3', 'supports', 0.01), judged('F7', 'contradicts', 0.999), judged('F9', 'undetermined', 0.4)],
      NEEDED,
    );
    expect([strong.verdict, against.verdict, open.verdict]).toEqual(['undetermined', 'contradicts', 'undetermined']);
    expect(strong.correctedP).toBeCloseTo(0.03, 12);
  });

  it('takes what is necessary as one claim that is refused by its weakest test, the others apart', () => {
    const corrected = correctForTests(
      [judged('F1', 'supports', 0.02), judged('F6', 'supports', 0.024), judged('F3', 'supports', 0.02)],
      NEEDED,
    );
    expect(corrected.map(({ verdict, correctedP }) => [verdict, correctedP])).toEqual([
      ['supports', 0.024],
      ['supports', 0.024],
      ['supports', 0.02],
    ]);
  });

  it('corrects over all tests where one that is necessary does not support', () => {
    const [one, other, third] = correctForTests(
      [judged('F1', 'supports', 0.02), judged('F6', 'undetermined', 0.03), judged('F3', 'supports', 0.001)],
      NEEDED,
    );
    // Holm over .001, .02 and .03.
    expect([one.verdict, one.growth, other.verdict, third.verdict]).toEqual([
      'undetermined',
      1,
      'undetermined',
      'supports',
    ]);
    expect(one.correctedP).toBeCloseTo(0.04, 12);
  });
});
