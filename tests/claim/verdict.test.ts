import { describe, expect, it } from 'vitest';
import type { Criterion, PredictionId, PredictionText, Verdict } from '../../src/claim/prediction.js';
import { PREDICTIONS } from '../../src/claim/predictions/index.js';
import { EXPANDED_AGAINST_FRONTIER } from '../../src/claim/predictions/f04-breadth.js';
import {
  concludeAll as concludeFrom,
  correctForTests,
  type Conclusion,
  type PredictionResult,
} from '../../src/claim/verdict.js';

const estimate = (value: number): Criterion['estimate'] => ({
  value,
  low: value - 0.01,
  high: value + 0.01,
  n: 100,
  clusters: 100,
});

function criterion(verdict: Criterion['verdict'], p: number | null = 0.0001): Criterion {
  const numbers = { support: 0.6, contradict: 0.6, direction: 'above', reference: 0.5 } as const;
  return { name: 'one', description: '', estimate: estimate(0.9), ...numbers, p, verdict };
}

const able = criterion('supports');

function textOf(id: PredictionId): PredictionText {
  const known = PREDICTIONS.find((prediction) => prediction.id === id);
  if (known === undefined) throw new Error(`no ${id}`);
  const { title, predicts, falsifiedBy, doesNotShow, role } = known;
  return { id, title, predicts, falsifiedBy, doesNotShow, role };
}

const concludeAll = (competence: Criterion, results: readonly PredictionResult[]): Conclusion =>
  concludeFrom(competence, results, PREDICTIONS);

function found(verdicts: Partial<Record<PredictionId, Verdict>>, kept = 1): PredictionResult[] {
  return (Object.entries(verdicts) as [PredictionId, Verdict][]).map(([id, verdict]) => ({
    ...textOf(id),
    verdict,
    reason: `reason of ${id}`,
    criteria: [],
    measures:
      id === 'F4'
        ? [{ name: EXPANDED_AGAINST_FRONTIER, description: '', estimate: estimate(kept), reference: null }]
        : [],
    p: 0.001,
    correctedP: 0.01,
  }));
}

const ALL = { F1: 'supports', F4: 'supports', F5: 'supports', F9: 'supports', F10: 'supports' } as const;

describe('concludeAll', () => {
  it('supports if all that is necessary does, and two causal tests', () => {
    const all = found({ ...ALL, F6: 'supports', F13: 'supports' });
    expect(concludeAll(able, all)).toMatchObject({ verdict: 'supports', rule: 'search', memory: 'cumulative' });
    expect(concludeAll(able, found({ ...ALL, F6: 'supports' }))).toMatchObject({
      verdict: 'undetermined',
      because: ['F7', 'F8', 'F13'],
    });
    expect(concludeAll(able, found({ ...ALL, F10: 'undetermined', F6: 'supports', F13: 'supports' }))).toMatchObject({
      verdict: 'undetermined',
      rule: 'open',
      because: ['F10'],
    });
  });

  it('tells what the thoughts keep', () => {
    const memory = (kept: number): unknown =>
      concludeAll(able, found({ ...ALL, F6: 'supports', F7: 'supports' }, kept)).memory;
    expect([memory(0.98), memory(0.5), memory(0.02)]).toEqual(['cumulative', 'unclear', 'frontier']);
  });

  it('says of a model that cannot do the task that it guesses, beside what contradicts, or alone', () => {
    const guessing = concludeAll(criterion('contradicts'), found({ F4: 'contradicts' }));
    expect(guessing).toMatchObject({ verdict: 'contradicts', rule: 'noBreadth', because: ['F4'] });
    expect(guessing.sentence).toMatch(/\(F4\); and it answers no better than a guess\.$/);
    const alone = concludeAll(criterion('contradicts'), found({ F4: 'undetermined' }));
    expect(alone).toMatchObject({ verdict: 'contradicts', rule: 'noCompetence', because: [] });
    expect(alone.sentence).toBe(
      'Not breadth-first search: it answers no better than a guess, so there is nothing to explain.',
    );
    expect(concludeAll(able, found({ F4: 'contradicts' })).sentence).not.toContain('guess');
  });

  it.each([
    ['F1', 'thoughtsUnused'],
    ['F9', 'rivalAlgorithm'],
    ['F4', 'noBreadth'],
    ['F5', 'noAdvance'],
    ['F6', 'predictionFails'],
  ] as const)('takes %s contradicting as %s, whatever supports', (id, rule) => {
    const all = found({ ...ALL, F6: 'supports', F7: 'supports', F8: 'supports', [id]: 'contradicts' });
    expect(concludeAll(able, all)).toMatchObject({ verdict: 'contradicts', rule, because: [id] });
  });

  it('names the first of several contradictions, and all of their tests', () => {
    const { rule, because } = concludeAll(able, found({ F4: 'contradicts', F9: 'contradicts', F1: 'supports' }));
    expect(rule).toBe('rivalAlgorithm');
    expect(because).toEqual(['F9', 'F4']);
  });

  it('lets neither controls nor character contradict', () => {
    const all = found({ ...ALL, F6: 'supports', F7: 'supports', F2: 'contradicts', F12: 'contradicts' });
    expect(concludeAll(able, all).verdict).toBe('supports');
  });
});

describe('correctForTests', () => {
  it('takes the largest p of a test, corrects over tests, and withdraws support that does not survive', () => {
    const one = (id: PredictionId, ...ps: (number | null)[]): Parameters<typeof correctForTests>[0][number] => ({
      ...textOf(id),
      verdict: 'supports',
      reason: '',
      criteria: ps.map((p) => criterion('supports', p)),
      measures: [],
    });
    const judged = correctForTests([one('F1', 0.001, 0.02), one('F4', 0.03), one('F5', null)]);
    // Holm over .02 and .03: .04, and .03 raised to it.
    expect(judged.map(({ p, correctedP }) => [p, correctedP])).toEqual([
      [0.02, 0.04],
      [0.03, 0.04],
      [null, null],
    ]);
    expect(judged.map(({ verdict }) => verdict)).toEqual(['supports', 'supports', 'supports']);
    const weak = correctForTests([one('F1', 0.03), one('F4', 0.03)]);
    expect(weak.map(({ verdict }) => verdict)).toEqual(['undetermined', 'undetermined']);
    expect(weak[0].reason).toContain('0.060');
  });
});
