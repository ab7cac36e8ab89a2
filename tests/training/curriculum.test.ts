import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { learningRate, stageOf, stagesOf } from '../../src/training/curriculum.js';
import { parseTrainingConfig, type TrainingConfig } from '../../src/training/index.js';
import { TINY, TINY_PHASE } from './tiny-training.js';

function configuration(changes: object, stages = 5): TrainingConfig {
  return parseTrainingConfig('test', { ...TINY, thoughts: { stages }, phases: [{ ...TINY_PHASE, ...changes }] });
}

describe('stageOf', () => {
  /** Shares of the stages 0 .. 5. */
  function shares(changes: object, steps: number, stages = 5): number[] {
    const random = createRandom('stages');
    const n = 40_000;
    const config = configuration(changes, stages);
    const counts = new Array<number>(6).fill(0);
    for (let i = 0; i < n; i++) counts[stageOf(random, config, config.phases[0], steps)]++;
    return counts.map((count) => count / n);
  }

  function expectShares(actual: readonly number[], expected: readonly number[]): void {
    // Four standard deviations of a share of 40,000: at most 4 * 0.5 / 200.
    actual.forEach((share, stage) => expect(Math.abs(share - expected[stage]), `stage ${stage}`).toBeLessThan(0.01));
  }

  it('is the stage of the phase where nothing is mixed in', () => {
    expect(shares({ stage: 4, uniformProb: 0 }, 3)).toEqual([0, 0, 0, 0, 1, 0]);
  });

  it('is any from 0 to the number of steps with the probability of mixing', () => {
    expectShares(shares({ stage: 4, uniformProb: 0.4 }, 3), [0.1, 0.1, 0.1, 0.1, 0.6, 0]);
    expectShares(shares({ stage: 2, uniformProb: 1 }, 3), [0.25, 0.25, 0.25, 0.25, 0, 0]);
  });

  it('is none beyond the last stage', () => {
    expectShares(shares({ stage: 2, uniformProb: 1 }, 5, 2), [1 / 6, 1 / 6, 4 / 6, 0, 0, 0]);
  });
});

describe('stagesOf', () => {
  it.each([
    [{ stage: 4, uniformProb: 0 }, 3, 5, [4]],
    [{ stage: 4, uniformProb: 0.4 }, 3, 5, [0, 1, 2, 3, 4]],
    [{ stage: 2, uniformProb: 1 }, 3, 5, [0, 1, 2, 3]],
    [{ stage: 2, uniformProb: 1 }, 5, 2, [0, 1, 2]],
  ])('are those that stageOf gives: %j, %d steps, %d stages', (changes, steps, stages, expected) => {
    const config = configuration(changes, stages);
    const random = createRandom('stages');
    const given = new Set(Array.from({ length: 1000 }, () => stageOf(random, config, config.phases[0], steps)));
    expect([...given].sort()).toEqual(expected);
    expect([...stagesOf(config, config.phases[0], steps)].sort()).toEqual(expected);
  });
});

describe('learningRate', () => {
  const rates = (changes: object, steps: readonly number[], of: number): number[] =>
    steps.map((step) => learningRate(configuration({ learningRate: 2, ...changes }).phases[0], step, of));

  it('is constant, or rises to its peak over the steps of the warm-up', () => {
    expect(rates({}, [0, 5, 9], 10)).toEqual([2, 2, 2]);
    expect(rates({ warmup: 4 }, [0, 1, 2, 3, 4, 9], 10)).toEqual([0.5, 1, 1.5, 2, 2, 2]);
  });

  it('falls in a line after the warm-up, and would be 0 after the last step', () => {
    expect(rates({ decay: 'linear' }, [0, 1, 3, 4], 4)).toEqual([2, 1.5, 0.5, 0]);
    expect(rates({ decay: 'linear', warmup: 2 }, [0, 1, 2, 3, 5], 6)).toEqual([1, 2, 2, 1.5, 0.5]);
  });

  it('falls along half a cosine', () => {
    const [first, third, half, last] = rates({ decay: 'cosine' }, [0, 2, 3, 5], 6);
    expect([first, half]).toEqual([2, expect.closeTo(1, 12)]);
    expect(third).toBeCloseTo(1 + Math.cos(Math.PI / 3), 12);
    expect(last).toBeCloseTo(1 + Math.cos((5 * Math.PI) / 6), 12);
  });

  it('bears a warm-up as long as the phase', () => {
    expect(rates({ decay: 'linear', warmup: 3 }, [0, 1, 2], 3)).toEqual([2 / 3, 4 / 3, 2]);
  });
});
