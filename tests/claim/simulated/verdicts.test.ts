import { describe, expect, it } from 'vitest';
import {
  drawBatteryItems,
  judgeModel,
  observeModel,
  PREDICTIONS,
  type BatteryResult,
} from '../../../src/claim/index.js';
import { symbolicWording } from '../../../src/tokenizer/index.js';
import type { Known } from './known.js';
import { OTHERS } from './others.js';
import { SEARCHES } from './searches.js';
import { setModel } from './set-model.js';

/** Drawn for this file alone: no threshold was chosen by them. Of 200, four of the wrong verdicts below are still open. */
const ITEMS = drawBatteryItems(31, 300, { depthGap: 1 });

/** All that can decide, but F13, which asks for keys and values. */
const TESTS = PREDICTIONS.filter(({ id, role }) => role === 'search' && id !== 'F13');

/** Thoughts that the deepest target asks for. */
const THOUGHTS = 6;

async function judged({ thoughts = THOUGHTS, ...algorithm }: Known): Promise<BatteryResult> {
  const tested = { model: setModel(algorithm, thoughts), wording: symbolicWording, thoughts };
  const observing = { seed: 31, batchSize: 50, criteriaOnly: true };
  const observations = await observeModel(tested, ITEMS, TESTS, observing);
  if (observations === undefined) throw new Error('nothing interrupts it');
  return judgeModel(observations, [], TESTS);
}

function describeEach(
  algorithms: Readonly<Record<string, Known>>,
  words: string,
  isRight: (verdict: BatteryResult['conclusion']['verdict']) => boolean,
): void {
  it.each(Object.entries(algorithms))(`%s ${words}`, async (_, algorithm) => {
    const { conclusion } = await judged(algorithm);
    expect(isRight(conclusion.verdict), `${algorithm.truth}: ${conclusion.sentence}`).toBe(true);
  });
}

describe('a search', () => describeEach(SEARCHES, 'is supported', (verdict) => verdict === 'supports'));

describe('another algorithm', () => describeEach(OTHERS, 'is not supported', (verdict) => verdict !== 'supports'));
