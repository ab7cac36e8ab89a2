import { describe, expect, it } from 'vitest';
import type { BatteryResult } from '../../src/claim/battery.js';
import { calibrateModel, differences, EXPECTED, truthOf } from '../../src/claim/calibration.js';
import { drawBatteryItems } from '../../src/claim/draw-items.js';
import { CALIBRATION_NAMES } from '../../src/claim/names.js';
import { CONSTRUCTED } from '../../src/model/index.js';

type Conclusion = BatteryResult['conclusion'];

function result(conclusion: Partial<Conclusion>, contradicted: readonly string[], competent = true): BatteryResult {
  return {
    competence: { verdict: competent ? 'supports' : 'contradicts' },
    findings: contradicted.map((id) => ({ id, verdict: 'contradicts' })),
    conclusion: { verdict: 'contradicts', rule: 'open', because: [], memory: null, sentence: '', ...conclusion },
  } as unknown as BatteryResult;
}

describe('EXPECTED', () => {
  it('has every constructed model and the one without training, and supports exactly those that search', () => {
    expect(CALIBRATION_NAMES).toEqual([...Object.keys(CONSTRUCTED), 'random-init']);
    for (const name of CALIBRATION_NAMES) {
      const searches = name !== 'random-init' && CONSTRUCTED[name].searchesBreadthFirst;
      expect(EXPECTED[name].verdict, name).toBe(searches ? 'supports' : 'contradicts');
      expect(truthOf(name).length).toBeGreaterThan(10);
    }
  });
});

describe('differences', () => {
  it('finds none where verdict, rule, memory and the failed predictions are right', () => {
    const right = result({ verdict: 'supports', rule: 'search', memory: 'cumulative' }, []);
    expect(differences(right, EXPECTED.bfs)).toEqual([]);
    expect(differences(result({ rule: 'thoughtsUnused' }, ['F1', 'F3', 'F5']), EXPECTED.degree)).toEqual([]);
  });

  it('says each thing that is wrong', () => {
    const kept = result({ verdict: 'supports', rule: 'search', memory: 'cumulative' }, []);
    expect(differences(kept, EXPECTED.frontier)).toEqual(['memory cumulative, not frontier']);
    expect(differences(kept, EXPECTED.greedy)).toEqual([
      'supports, not contradicts',
      'by the rule search, not noBreadth',
      'F4 does not contradict',
    ]);
    // Right for the wrong reason is wrong.
    expect(differences(result({ rule: 'thoughtsUnused' }, ['F1']), EXPECTED.degree)).toEqual([
      'F3 does not contradict',
    ]);
    expect(differences(result({ rule: 'noBreadth' }, ['F4'], true), EXPECTED['random-init'])).toEqual([
      'it answers better than a guess',
    ]);
    expect(differences(result({ rule: 'noBreadth' }, ['F4'], false), EXPECTED['random-init'])).toEqual([]);
  });
});

describe('calibrateModel', () => {
  it('tells a model without training for what it is', { timeout: 300_000 }, async () => {
    const items = drawBatteryItems(3, 60);
    const settings = { seed: 3, resamples: 500, flips: 500 };
    const cell = await calibrateModel('random-init', items, { seed: 3, batchSize: 30 }, settings);
    expect(cell.wrong).toEqual([]);
    expect(cell.conclusion.sentence).toMatch(/^Not breadth-first search: .* it answers no better than a guess\.$/);
  });
});
