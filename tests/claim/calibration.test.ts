import { describe, expect, it } from 'vitest';
import type { BatteryResult } from '../../src/claim/battery.js';
import { calibrateModel, differences, EXPECTED, truthOf } from '../../src/claim/calibration.js';
import { drawBatteryItems } from '../../src/claim/draw-items.js';
import { CALIBRATION_NAMES } from '../../src/claim/names.js';
import type { Criterion } from '../../src/claim/prediction.js';
import type { SearchKind } from '../../src/claim/verdict.js';
import { CONSTRUCTED, NOISE_LEVELS, type ConstructedName } from '../../src/model/index.js';

type Conclusion = BatteryResult['conclusion'];

/** A criterion of a share that lies wholly below what supports, or about it. */
function criterion(high: number, clusters = 100): Criterion {
  const estimate = { value: high - 0.1, low: high - 0.2, high, n: clusters, clusters };
  return {
    ...{ name: 'kept', description: '', estimate, reference: 0, p: 0.9, verdict: 'undetermined' },
    ...{ direction: 'above', support: 0.7, contradict: 0.25 },
  };
}

interface Made {
  readonly contradicted?: readonly string[];
  /** Interventions whose interval is on the wrong side of what supports. */
  readonly failed?: readonly string[];
  readonly competent?: boolean;
}

function result(conclusion: Partial<Conclusion>, { contradicted = [], failed = [], competent = true }: Made = {}) {
  const kept = { evidence: 'intervention', verdict: 'undetermined', criteria: [criterion(0.75)] };
  return {
    competence: { verdict: competent ? 'supports' : 'contradicts' },
    findings: [
      ...contradicted.map((id) => ({ ...kept, id, evidence: 'behaviour', verdict: 'contradicts', criteria: [] })),
      ...failed.map((id) => ({ ...kept, id, criteria: [criterion(0.75), criterion(0.65)] })),
      // Not on the wrong side, of too few graphs, and no intervention.
      { ...kept, id: 'F13' },
      { ...kept, id: 'F8', criteria: [criterion(0.1, 29)] },
      { ...kept, id: 'F7', evidence: 'behaviour', criteria: [criterion(0.1)] },
    ],
    conclusion: { verdict: 'contradicts', rule: 'open', because: [], kind: null, sentence: '', ...conclusion },
  } as unknown as BatteryResult;
}

function search(kind: Partial<SearchKind> = {}): Partial<Conclusion> {
  const plain = {
    memory: 'cumulative',
    alignment: { stride: 1, offset: 0, lastSteps: 0 },
    share: null,
    widerThan: 5,
  } as const;
  return { verdict: 'supports', rule: 'search', kind: { ...plain, readByHead: true, ...kind } };
}

describe('EXPECTED', () => {
  it('has every constructed model, the levels of noise and the one without training', () => {
    const noise = NOISE_LEVELS.map(({ right }) => `noise-${100 * right}`);
    expect(CALIBRATION_NAMES).toEqual([...Object.keys(CONSTRUCTED), ...noise, 'random-init']);
    expect(Object.keys(EXPECTED)).toEqual([...CALIBRATION_NAMES]);
    expect(CALIBRATION_NAMES.length).toBeGreaterThanOrEqual(30);
  });

  it('supports exactly those that search breadth-first, and none that does not', () => {
    for (const name of CALIBRATION_NAMES) {
      const { verdicts, guesses } = EXPECTED[name];
      const isNoise = name.startsWith('noise-');
      const searches = isNoise || (name in CONSTRUCTED && CONSTRUCTED[name as ConstructedName].searchesBreadthFirst);
      expect(
        verdicts.some((verdict) => verdict === 'supports'),
        name,
      ).toBe(searches);
      expect(
        verdicts.some((verdict) => verdict === 'contradicts'),
        name,
      ).toBe(!searches);
      // What searches without noise has one right verdict.
      if (searches && !isNoise) expect(verdicts, name).toEqual(['supports']);
      if (guesses !== undefined) expect(name).toBe('random-init');
      expect(truthOf(name).length).toBeGreaterThan(10);
    }
    expect(truthOf('noise-95')).toBe('constructed-bfs with noise on its weights, right in about 0.95 of the items');
  });

  it('asks of no deceiver that it be supported', () => {
    const deceivers = CALIBRATION_NAMES.filter((name) => EXPECTED[name].deceives);
    expect(deceivers.length).toBeGreaterThanOrEqual(8);
    for (const name of deceivers) expect(EXPECTED[name].verdicts, name).not.toContain('supports');
  });
});

describe('differences', () => {
  it('finds none where verdict, kind and the failed predictions are right', () => {
    expect(differences(result(search()), EXPECTED.bfs)).toEqual([]);
    expect(
      differences(result({ rule: 'predictionFails' }, { contradicted: ['F3', 'F5', 'F7'] }), EXPECTED.degree),
    ).toEqual([]);
    const ahead = search({ alignment: { stride: 1, offset: 1, lastSteps: 0 } });
    expect(differences(result(ahead), EXPECTED['head-start'])).toEqual([]);
    // Whatever the memory of walk-counts is called.
    expect(differences(result(search({ memory: 'frontier' })), EXPECTED['walk-counts'])).toEqual([]);
    for (const verdict of ['supports', 'undetermined'] as const)
      expect(differences(result({ verdict }), EXPECTED['noise-80'])).toEqual([]);
  });

  it('says each thing that is wrong', () => {
    expect(differences(result(search()), EXPECTED.frontier)).toEqual(['memory cumulative, not frontier']);
    expect(differences(result(search()), EXPECTED.stride)).toEqual([
      'alignment {"stride":1,"offset":0,"lastSteps":0}, not {"stride":2,"offset":0,"lastSteps":0}',
    ]);
    expect(differences(result(search({ alignment: null })), EXPECTED.bfs)).toEqual([
      'alignment null, not {"stride":1,"offset":0,"lastSteps":0}',
    ]);
    expect(differences(result(search()), EXPECTED.greedy)).toEqual([
      'supports, not contradicts',
      'F4 does not contradict',
    ]);
    expect(differences(result({ verdict: 'contradicts' }), EXPECTED['noise-90'])).toEqual([
      'contradicts, not supports or undetermined',
    ]);
    // Right for the wrong reason is wrong.
    expect(differences(result({ rule: 'noBreadth' }, { contradicted: ['F4'] }), EXPECTED.degree)).toEqual([
      'F7 does not contradict',
    ]);
    expect(differences(result({}), EXPECTED['random-init'])).toEqual(['it answers better than a guess']);
    expect(differences(result({}, { competent: false }), EXPECTED['random-init'])).toEqual([]);
  });

  it('asks of two interventions that they see through a deceiver, each by an interval on the wrong side', () => {
    const of = (...failed: string[]): string[] => differences(result({}, { failed }), EXPECTED['carried-answer']);
    expect(of('F15', 'F16')).toEqual([]);
    expect(of('F15')).toEqual(['only F15 sees through it']);
    expect(of()).toEqual(['only no intervention sees through it']);
  });
});

describe('calibrateModel', () => {
  it('tells a model without training for what it is', { timeout: 300_000 }, async () => {
    const items = drawBatteryItems(3, 60);
    const cell = await calibrateModel('random-init', items, { seed: 3, batchSize: 30 });
    expect(cell.wrong).toEqual([]);
    expect(cell.conclusion.sentence).toMatch(/^Not breadth-first search: .* it answers no better than a guess\.$/);
  });
});
