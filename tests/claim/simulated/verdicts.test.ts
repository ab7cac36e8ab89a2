import { beforeAll, describe, expect, it } from 'vitest';
import {
  drawBatteryItems,
  judgeModel,
  observeModel,
  PREDICTIONS,
  type BatteryResult,
} from '../../../src/claim/index.js';
import { symbolicWording } from '../../../src/tokenizer/index.js';
import { OTHERS, SEARCHES, type Known } from './algorithms.js';
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

/**
 * Where the battery errs today, and why: docs/battery.md, "What a hostile reviewer tried". Once it is mended, `it.fails` fails, and
 * the line goes.
 */
const ERRS: { readonly [name in keyof typeof SEARCHES | keyof typeof OTHERS]?: string } = {
  // F16 patches one thought. What is also computed from the root, or from the thoughts before, goes on searching the item's own
  // layers beside it: both candidates are found, and answers do not turn.
  scratchpad: 'the own search goes on beside what is patched in',
  'scratchpad frontier': 'the own search goes on beside what is patched in',
  'root again': 'the own search goes on beside what is patched in',
  // F10 asks for deeper targets than are found after as many thoughts. No alignment with less than one layer a thought is tried.
  'half a hop': 'no alignment is as slow',
  // Few layers are wider, and of a layer that two questions share, beams by numbers often hold the same nodes: .99 of the right
  // answers stay right with a donor's thought. That of 3 is near the threshold: with other seeds it is supported.
  'beam of 4': 'a beam misses the same in both questions',
  // One node in eight has more than three children: it misses few nodes, and is right in .94.
  'first 3 children': 'few nodes have more',
  // Thoughts to spare: whatever is held has been expanded in time, in any order. With only as many thoughts after the patched one
  // as a search needs, answers are lost: .54 to .73 stay right, where one donor's thought leaves all of them.
  'adds 1 by number': 'there are thoughts to spare',
  'adds the 2 deepest': 'there are thoughts to spare',
  'one by one': 'there are thoughts to spare',
  // F15 puts in what the guard finds in order, so that the prompt's search answers; F16 what it does not, so that the thoughts'
  // does. Answers of the item's own, undisturbed run are not asked for their origin.
  'replay unless disturbed': 'it searches where it is looked at',
  'union replay': 'it searches where it is looked at',
  'answer from the prompt unless disturbed': 'it searches where it is looked at',
};

function describeEach(
  algorithms: Readonly<Record<string, Known>>,
  words: string,
  wrong: 'supports' | 'contradicts',
): void {
  describe.each(Object.entries(algorithms))('%s', (name, algorithm) => {
    let result: BatteryResult;

    // Not in the test: where that is to fail, an error would pass for a wrong verdict.
    beforeAll(async () => {
      result = await judged(algorithm);
    });

    const why = ERRS[name as keyof typeof ERRS];
    const test = why === undefined ? it : it.fails;
    test(why === undefined ? words : `${words}, but ${why}`, () => {
      expect(result.conclusion.verdict, `${algorithm.truth}: ${result.conclusion.sentence}`).not.toBe(wrong);
    });
  });
}

describe('a search', () => describeEach(SEARCHES, 'is not contradicted', 'contradicts'));

describe('another algorithm', () => describeEach(OTHERS, 'is not supported', 'supports'));
