import { describe, expect, it } from 'vitest';
import type { PredictionResult } from '../../src/claim/correct-for-tests.js';
import { judgeModel } from '../../src/claim/battery.js';
import { drawBatteryItems, observeModel, PREDICTIONS } from '../../src/claim/index.js';
import type { Criterion, PredictionId } from '../../src/claim/prediction.js';
import { OTHER_WAYS, searchedShare } from '../../src/claim/searched-share.js';
import { symbolicWording } from '../../src/tokenizer/index.js';
import { SEARCHES } from './simulated/searches.js';
import { setModel } from './simulated/set-model.js';

/** Value and limits. */
type Three = readonly [value: number, low: number, high: number];

const criterion = (name: string, [value, low, high]: Three, clusters = 100): Criterion => ({
  name,
  description: '',
  estimate: { value, low, high, n: clusters, clusters },
  reference: 0,
  direction: 'above',
  support: 0.7,
  contradict: 0.25,
  p: 0.001,
  verdict: 'supports',
});

const result = (id: PredictionId, ...criteria: Criterion[]): PredictionResult => ({
  id,
  title: '',
  predicts: '',
  falsifiedBy: '',
  doesNotShow: '',
  role: 'search',
  evidence: 'intervention',
  verdict: 'supports',
  reason: '',
  criteria,
  measures: [],
  growth: null,
  p: 0.001,
  correctedP: 0.001,
});

/** An estimate to twelve digits. */
const about = ([value, low, high]: Three): object => ({
  value: expect.closeTo(value, 12) as number,
  low: expect.closeTo(low, 12) as number,
  high: expect.closeTo(high, 12) as number,
});

describe('searchedShare', () => {
  it('is 1 less what all tests leave otherwise, with the limits of a sum', () => {
    const share = searchedShare([
      result('F15', criterion('kept, 1 step to go', [0.9, 0.87, 0.92])),
      result('F16', criterion('turned, 1 step to go', [0.8, 0.76, 0.83], 50)),
    ]);
    // .1 + .2; sqrt(.03^2 + .04^2) below, sqrt(.02^2 + .03^2) above.
    expect(share).toMatchObject(about([0.7, 0.65, 0.7 + Math.hypot(0.02, 0.03)]));
    expect(share).toMatchObject({ n: 50, clusters: 50 });
  });

  it('takes of what sees the same way the most, of estimates as of ends', () => {
    const kept = [criterion('kept, 1 step to go', [0.97, 0.8, 0.99]), criterion('kept, 2 or more', [0.9, 0.88, 0.92])];
    expect(searchedShare([result('F15', ...kept)])).toMatchObject(about([0.9, 0.8, 0.92]));
  });

  it('counts what is found too early as it is, and what elimination gives twice beyond a half', () => {
    const early = result('F15', criterion('found too early, no thought left', [0.2, 0.15, 0.25]));
    expect(searchedShare([early])).toMatchObject(about([0.8, 0.75, 0.85]));
    const cut = result('F9', criterion('no path to either', [0.6, 0.55, 0.65]));
    expect(searchedShare([cut])).toMatchObject(about([0.8, 0.7, 0.9]));
  });

  it('takes less than none for none', () => {
    const early = result('F15', criterion('found too early, no thought left', [-0.2, -0.3, -0.1]));
    expect(searchedShare([early])).toMatchObject(about([1, 1, 1]));
    const more = result('F9', criterion('orphaned decoy', [1.02, 0.98, 1.06]));
    expect(searchedShare([more])).toMatchObject(about([1, 0.98, 1]));
  });

  it('leaves out what bounds no share, and what has no interval', () => {
    const none = {
      ...criterion('kept, 1 step to go', [1, 1, 1]),
      estimate: { value: 0.2, low: null, high: null, n: 5, clusters: 5 },
    };
    const others = [
      result('F6', criterion('changed before the swap', [0.2, 0.1, 0.3])),
      result('F15', criterion('wider than a beam of 3', [0.6, 0.5, 0.7]), none),
    ];
    expect(searchedShare(others)).toBeUndefined();
  });

  it('finds all its criteria in a battery’s result, by name', async () => {
    // Official-like depths: with a gap of 1, hardly any decoy is deeper.
    const items = drawBatteryItems(5, 240);
    const tests = PREDICTIONS.filter(({ id }) => OTHER_WAYS.some(({ test }) => test === id));
    const tested = { model: setModel(SEARCHES.bfs, 6), wording: symbolicWording, thoughts: 6 };
    const observations = await observeModel(tested, items, tests, { seed: 5, batchSize: 60, criteriaOnly: true });
    if (observations === undefined) throw new Error('nothing interrupts it');
    const { findings } = judgeModel(observations, [], tests);
    for (const { test, seenBy } of OTHER_WAYS)
      for (const start of Object.keys(seenBy)) {
        const names = findings.find(({ id }) => id === test)?.criteria.map(({ name }) => name) ?? [];
        expect(
          names.some((name) => name.startsWith(start)),
          `${test}: ${start} in ${names.join('; ')}`,
        ).toBe(true);
      }
  });
});
