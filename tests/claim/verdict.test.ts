import { describe, expect, it } from 'vitest';
import type { PredictionResult } from '../../src/claim/correct-for-tests.js';
import type { Criterion, PredictionId, PredictionText, Verdict } from '../../src/claim/prediction.js';
import { PREDICTIONS } from '../../src/claim/predictions/index.js';
import { EXPANDED_AGAINST_FRONTIER } from '../../src/claim/predictions/f04-breadth.js';
import { blindBeamName } from '../../src/claim/predictions/f17-blind-beams.js';
import { beamName } from '../../src/claim/scrubbed-criteria.js';
import { concludeAll, type Conclusion, type ConclusionContext } from '../../src/claim/verdict.js';

const estimate = (value: number, half = 0.01): Criterion['estimate'] => ({
  value,
  low: value - half,
  high: value + half,
  n: 100,
  clusters: 100,
});

function criterion(verdict: Criterion['verdict'], more: Partial<Criterion> = {}): Criterion {
  const numbers = { support: 0.6, contradict: 0.6, direction: 'above', reference: 0.5, p: 0.0001 } as const;
  return { name: 'one', description: '', estimate: estimate(0.9), ...numbers, verdict, ...more };
}

const able = criterion('supports');

function textOf(id: PredictionId): PredictionText {
  const known = PREDICTIONS.find((prediction) => prediction.id === id);
  if (known === undefined) throw new Error(`no ${id}`);
  const { title, predicts, falsifiedBy, doesNotShow, role, evidence } = known;
  return { id, title, predicts, falsifiedBy, doesNotShow, role, evidence };
}

const PLAIN = { stride: 1, offset: 0, lastSteps: 0 };
const CONTEXT: ConclusionContext = { alignment: PLAIN, items: 100 };

function conclude(
  results: readonly PredictionResult[],
  { competence = able, ...context }: Partial<ConclusionContext> & { competence?: Criterion } = {},
): Conclusion {
  return concludeAll(competence, results, PREDICTIONS, { ...CONTEXT, ...context });
}

/** One finding without numbers; one that is undetermined is so for good, not for want of items. */
function one(id: PredictionId, verdict: Verdict, more: Partial<PredictionResult> = {}): PredictionResult {
  const numbers = { criteria: [], measures: [], growth: null, p: 0.001, correctedP: 0.01 };
  return { ...textOf(id), ...numbers, verdict, reason: `reason of ${id}`, ...more };
}

function found(verdicts: Partial<Record<PredictionId, Verdict>>): PredictionResult[] {
  return (Object.entries(verdicts) as [PredictionId, Verdict][]).map(([id, verdict]) => one(id, verdict));
}

/** A share of right answers that a causal test leaves to the search. */
const share = (name: string, value: number, half: number): Criterion =>
  criterion('supports', { name, support: 0.7, estimate: estimate(value, half) });

const beam = (width: number, value: number): Criterion =>
  criterion('supports', { name: beamName(width), support: 0.5, estimate: estimate(value) });

const NECESSARY: readonly PredictionId[] = ['F1', 'F6', 'F9', 'F15', 'F16', 'F17'];
const SHARES = {
  F15: [share('kept, 1 step to go', 0.95, 0.03), beam(1, 0.9), beam(2, 0.8), beam(3, 0.505)],
  F16: [share('turned, 1 step to go', 0.9, 0.04)],
} as const;

/** All that is necessary supports, and what else is given. */
function searching(others: Partial<Record<PredictionId, Verdict>> = {}): PredictionResult[] {
  const all = {
    F1: 'supports',
    F6: 'supports',
    F9: 'supports',
    F15: 'supports',
    F16: 'supports',
    F17: 'supports',
    ...others,
  } as const;
  return found(all).map((result) => {
    const { id } = result;
    return id === 'F15' || id === 'F16' ? { ...result, criteria: SHARES[id] } : result;
  });
}

/** F4 with what the thoughts keep. */
function keeping(kept: number): PredictionResult {
  const measure = { name: EXPANDED_AGAINST_FRONTIER, description: '', estimate: estimate(kept), reference: null };
  return one('F4', 'supports', { measures: [measure] });
}

describe('concludeAll', () => {
  it('supports if all that is necessary does, whatever is not', () => {
    expect(conclude(searching())).toMatchObject({ verdict: 'supports', rule: 'search', because: NECESSARY });
    for (const id of NECESSARY)
      expect(conclude(searching({ [id]: 'undetermined' })), id).toMatchObject({
        verdict: 'undetermined',
        rule: 'open',
        because: [id],
        kind: null,
      });
    const unneeded = { F3: 'undetermined', F7: 'undetermined', F10: 'undetermined', F13: 'undetermined' } as const;
    expect(conclude(searching(unneeded)).verdict).toBe('supports');
  });

  it('says which of the necessary were not run, and which do not support', () => {
    const { because, sentence, itemsNeeded } = conclude(
      found({ F1: 'supports', F6: 'undetermined', F15: 'notApplicable' }),
    );
    expect(because).toEqual(['F6', 'F9', 'F15', 'F16', 'F17']);
    expect(sentence).toBe(
      'Undetermined: nothing contradicts breadth-first search, but F9, F15, F16, F17 were not run, F6 does not support it.',
    );
    expect(itemsNeeded).toBeNull();
  });

  it('says of a model that cannot do the task that it guesses, beside what contradicts, or alone', () => {
    const competence = criterion('contradicts');
    const guessing = conclude(found({ F1: 'contradicts' }), { competence });
    expect(guessing).toMatchObject({ verdict: 'contradicts', rule: 'thoughtsUnused', because: ['F1'] });
    expect(guessing.sentence).toMatch(/\(F1\); and it answers no better than a guess\.$/);
    const alone = conclude(found({ F1: 'undetermined' }), { competence });
    expect(alone).toMatchObject({ verdict: 'contradicts', rule: 'noCompetence', because: [] });
    expect(alone.sentence).toBe(
      'Not breadth-first search: it answers no better than a guess, so there is nothing to explain.',
    );
    expect(conclude(found({ F1: 'contradicts' })).sentence).not.toContain('guess');
  });

  it.each([
    ['F1', 'thoughtsUnused'],
    ['F9', 'rivalAlgorithm'],
    ['F16', 'noPropagation'],
    ['F15', 'otherContents'],
    ['F6', 'predictionFails'],
    ['F3', 'predictionFails'],
    ['F13', 'predictionFails'],
  ] as const)('takes %s contradicting as %s, whatever supports', (id, rule) => {
    expect(conclude(searching({ [id]: 'contradicts' }))).toMatchObject({ verdict: 'contradicts', rule, because: [id] });
  });

  it('names the first of several contradictions, and all of their tests', () => {
    const { rule, because } = conclude(
      found({ F15: 'contradicts', F16: 'contradicts', F9: 'contradicts', F1: 'supports' }),
    );
    expect(rule).toBe('rivalAlgorithm');
    expect(because).toEqual(['F9', 'F15', 'F16']);
  });

  it('lets neither controls nor character contradict', () => {
    const all = searching({ F2: 'contradicts', F12: 'contradicts', F11: 'contradicts' });
    expect(conclude(all).verdict).toBe('supports');
  });

  it('gives the reasons of those that have no rule of their own', () => {
    const { sentence } = conclude(searching({ F3: 'contradicts', F13: 'contradicts' }));
    expect(sentence).toBe('Not breadth-first search: reason of F3; reason of F13 (F3, F13).');
  });
});

describe('readouts', () => {
  const shown = { F4: 'contradicts', F5: 'contradicts' } as const;

  it('contradict nothing where interventions find the search', () => {
    expect(conclude(searching(shown))).toMatchObject({ verdict: 'supports', kind: { readByHead: false } });
  });

  it('nor where these are not run, or could not be', () => {
    expect(conclude(found(shown))).toMatchObject({ verdict: 'undetermined', because: NECESSARY });
    expect(conclude(found({ ...shown, F15: 'notApplicable', F16: 'notApplicable' })).verdict).toBe('undetermined');
  });

  it.each(['F6', 'F15', 'F16'] as const)('nor where %s lacks only items', (id) => {
    const results = searching(shown).map((result) =>
      result.id === id ? one(id, 'undetermined', { growth: 3 }) : result,
    );
    expect(conclude(results)).toMatchObject({ verdict: 'undetermined', because: [id], itemsNeeded: 300 });
  });

  it.each(['F6', 'F15', 'F16'] as const)('contradict where %s does not find it, and items would not help', (id) => {
    const results = searching({ ...shown, [id]: 'undetermined' });
    expect(conclude(results)).toMatchObject({ verdict: 'contradicts', rule: 'noBreadth', because: ['F4', 'F5'] });
    expect(conclude(searching({ F5: 'contradicts', [id]: 'undetermined' }))).toMatchObject({ rule: 'noAdvance' });
  });

  it('stand beside an intervention that contradicts', () => {
    expect(conclude(searching({ ...shown, F16: 'contradicts' }))).toMatchObject({
      rule: 'noPropagation',
      because: ['F16', 'F4', 'F5'],
    });
  });

  it('do not wait for interventions that ask other things', () => {
    // F1, F8 and F13 find no search by themselves.
    for (const id of ['F1', 'F8', 'F13'] as const)
      expect(conclude(searching({ ...shown, [id]: 'undetermined' })).verdict, id).not.toBe('contradicts');
  });
});

describe('the kind of search', () => {
  const kindOf = (results: readonly PredictionResult[], context: Partial<ConclusionContext> = {}): Conclusion['kind'] =>
    conclude(results, context).kind;

  it('has the share that all tests together leave to the search', () => {
    // .05 +- .03 and .1 +- .04 come about otherwise.
    expect(kindOf(searching())?.share).toMatchObject({
      value: expect.closeTo(0.85, 12) as number,
      low: expect.closeTo(0.8, 12) as number,
      high: expect.closeTo(0.9, 12) as number,
    });
  });

  it('is undetermined where that may be half of the right answers, though each test supports', () => {
    const leaving = (value: number, half: number): Conclusion =>
      conclude(
        searching().map((result) =>
          result.id === 'F6'
            ? { ...result, criteria: [share('found past the swap, 1 step to go', value, half)] }
            : result,
        ),
      );
    // .85 - .35 +- .05 and what the two others have.
    const half = leaving(0.65, 0.05);
    expect(half).toMatchObject({
      verdict: 'undetermined',
      rule: 'open',
      because: ['F6', 'F9', 'F15', 'F16'],
      kind: null,
      itemsNeeded: null,
    });
    expect(half.sentence).toBe(
      'Undetermined: each prediction of breadth-first search holds, but what F6, F9, F15, F16 leave otherwise, errors among it, adds up to as much as 57 % of the right answers (estimate 50 %).',
    );
    // .6 +- sqrt(.05^2 + .12^2): (.13 / .1)^2 x 100 items.
    const unsure = leaving(0.75, 0.12);
    expect(unsure).toMatchObject({ verdict: 'undetermined', itemsNeeded: 170 });
    expect(unsure.sentence).toContain('; about 170 items would decide, if estimates stay as they are.');
    expect(leaving(0.75, 0.05)).toMatchObject({ verdict: 'supports' });
  });

  it('has the widest beam that is ruled out', () => {
    expect(kindOf(searching())?.widerThan).toBe(2);
    const none = searching().map((one) => (one.id === 'F15' ? { ...one, criteria: [] } : one));
    expect(kindOf(none)?.widerThan).toBeNull();
    // Of five only as a measure; and not where own answers are no better than such a beam's, if there are graphs to tell.
    const wide = (blind: Criterion['estimate']): PredictionResult[] =>
      searching().map((one) => {
        if (one.id === 'F15') return { ...one, measures: [beam(5, 0.7)] };
        return one.id === 'F17'
          ? { ...one, measures: [criterion('undetermined', { name: blindBeamName(5), estimate: blind })] }
          : one;
      });
    expect(kindOf(wide(estimate(0.3)))?.widerThan).toBe(5);
    expect(kindOf(wide(estimate(0.005)))?.widerThan).toBe(2);
    expect(kindOf(wide({ ...estimate(0.005), clusters: 29 }))?.widerThan).toBe(5);
  });

  it('says which beam is ruled out, and which is the next that is not', () => {
    const widths = (...widerThan: number[]): string =>
      conclude(
        searching().map((one) =>
          one.id === 'F15' ? { ...one, criteria: widerThan.map((width) => beam(width, 0.9)) } : one,
        ),
      ).sentence;
    const held = 'holds what a search has reached, ';
    expect(widths(1)).toContain(`${held}more than a beam of 1 keeps (one of 2 is not ruled out), not a path`);
    expect(widths(1, 2, 3)).toContain(`${held}more than a beam of 3 keeps (one of 4 is not ruled out), not a path`);
    expect(widths(1, 2, 3, 4, 5)).toContain(`${held}more than a beam of 5 keeps, not a path`);
    expect(widths()).toContain(`${held}not a path`);
  });

  it('is read by the head where F4 and F5 support, not where one contradicts, and else open', () => {
    const read = (f4: Verdict, f5: Verdict): unknown => kindOf(searching({ F4: f4, F5: f5 }))?.readByHead;
    expect(read('supports', 'supports')).toBe(true);
    expect(read('supports', 'contradicts')).toBe(false);
    expect(read('contradicts', 'undetermined')).toBe(false);
    expect(read('supports', 'undetermined')).toBeNull();
    expect(read('notApplicable', 'supports')).toBeNull();
    expect(kindOf(searching())?.readByHead).toBeNull();
  });

  it('has the memory where the head reads what the thoughts hold, and only there', () => {
    const memory = (kept: number, advance: Verdict): unknown =>
      kindOf([...searching({ F5: advance }), keeping(kept)])?.memory;
    expect([0.98, 0.5, 0.02].map((kept) => memory(kept, 'supports'))).toEqual(['cumulative', 'unclear', 'frontier']);
    expect(memory(0.98, 'undetermined')).toBe('unclear');
    expect(kindOf([...searching({ F5: 'supports' }), keeping(0.98)])?.readByHead).toBe(true);
  });

  it('has the alignment that both halves found', () => {
    expect(kindOf(searching(), { alignment: { stride: 2, offset: 1, lastSteps: 0 } })?.alignment).toEqual({
      stride: 2,
      offset: 1,
      lastSteps: 0,
    });
    // Without one, how much was searched for was judged by two measures.
    expect(conclude(searching(), { alignment: undefined })).toMatchObject({
      verdict: 'undetermined',
      rule: 'open',
      because: ['F6', 'F15'],
      kind: null,
    });
  });

  it('is said in a sentence', () => {
    const results = [...searching({ F5: 'supports' }), keeping(0.98)];
    expect(conclude(results).sentence).toBe(
      'Breadth-first search is supported (F1, F6, F9, F15, F16, F17): each thought is computed from the one before and holds what a search has reached, more than a beam of 2 keeps (one of 3 is not ruled out), not a path or an answer; at least 80 % of the right answers come about so (estimate 85 %); thought t has come t layers far; they keep what has been expanded.',
    );
    const { sentence } = conclude(searching(), { alignment: { ...PLAIN, lastSteps: 2 } });
    expect(sentence).toContain(
      'has come t layers far, and the pass that answers takes 2 steps itself; whether the LM head reads what the thoughts hold is unclear.',
    );
    const heads = {
      supports: 'they keep what',
      contradicts: 'the LM head does not read what',
      undetermined: 'is unclear',
    };
    for (const verdict of ['supports', 'contradicts', 'undetermined'] as const)
      expect(conclude([...searching({ F5: verdict }), keeping(0.98)]).sentence).toContain(heads[verdict]);
    expect(conclude(searching(), { alignment: { stride: 2, offset: -1, lastSteps: 0 } }).sentence).toContain(
      'has come 2t - 1 layers',
    );
  });
});

describe('itemsNeeded', () => {
  const lacking = (growths: Partial<Record<PredictionId, number | null>>): Conclusion =>
    conclude(
      searching().map((result) => {
        const growth = growths[result.id];
        return growth === undefined ? result : one(result.id, 'undetermined', { growth });
      }),
      { items: 130 },
    );

  it('is what the most demanding of the missing asks for, two digits of it', () => {
    // 130 x 2.34 = 304.2.
    expect(lacking({ F6: 1.1, F16: 2.34 }).itemsNeeded).toBe(300);
    expect(lacking({ F9: 11.27 }).itemsNeeded).toBe(1500);
    expect(lacking({ F9: 11.27 }).sentence).toMatch(
      /; about 1500 items would decide, if estimates stay as they are\.$/,
    );
  });

  it('is none where one would not be helped', () => {
    expect(lacking({ F6: 1.1, F16: null }).itemsNeeded).toBeNull();
    expect(lacking({ F16: null }).sentence).not.toContain('items');
  });
});
