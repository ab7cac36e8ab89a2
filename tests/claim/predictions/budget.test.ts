import { describe, expect, it } from 'vitest';
import { layerAt, PLAIN, type Alignment } from '../../../src/claim/alignment.js';
import { budget } from '../../../src/claim/predictions/f10-budget.js';
import type { Criterion, Finding } from '../../../src/claim/prediction.js';

const aligned = (alignment: Alignment): Parameters<typeof budget.judge>[1] => ({
  alignment: { of: () => alignment, agreed: alignment },
});

/** Targets at depths 3 to 5, answers after 0 to 6 thoughts; one graph in ten is always answered wrongly. */
function observed(right: (c: number, depth: number) => number, n = 120): Parameters<typeof budget.judge>[0] {
  return Array.from({ length: n }, (_, i) => {
    const depth = 3 + (i % 3);
    return {
      graph: `graph ${i}`,
      depth,
      correct: Array.from({ length: 7 }, (_, c) => (i % 10 === 9 ? 0 : right(c, depth))),
    };
  });
}

const judged = (right: (c: number, depth: number) => number, alignment = PLAIN): Finding =>
  budget.judge(observed(right), aligned(alignment), []);

/** An exact search: right as soon as its thoughts, and what the answering pass does itself, reach the depth. */
const searching =
  (alignment = PLAIN) =>
  (c: number, depth: number): number =>
    (c === 0 ? 0 : layerAt(alignment, c)) + alignment.lastSteps >= depth ? 1 : 0.5;

const criterion = ({ criteria }: Finding, name: string): Criterion | undefined =>
  criteria.find((one) => one.name === name);

const [EARLY, CONTRAST] = ['right too early', 'depths in reach against deeper ones'];

describe('F10', () => {
  it.each([0, 1, 2])('supports an exact search whose answering pass takes %i steps', (lastSteps) => {
    const alignment = { ...PLAIN, lastSteps };
    const found = judged(searching(alignment), alignment);
    expect(found.verdict).toBe('supports');
    // Nine in ten gain half by enough thoughts.
    expect(criterion(found, CONTRAST)?.estimate.value).toBeCloseTo(0.45, 1);
    expect(criterion(found, EARLY)?.estimate.value).toBeLessThan(0.05);
  });

  it.each([
    { ...PLAIN, offset: 1 },
    { ...PLAIN, offset: -1 },
    { ...PLAIN, stride: 2 },
  ])('supports one of stride $stride, offset $offset', (alignment) => {
    expect(judged(searching(alignment), alignment).verdict).toBe('supports');
  });

  it('contradicts what is right after one thought, whatever the depth', () => {
    const found = judged((c) => (c === 0 ? 0.5 : 1));
    expect(found).toMatchObject({
      verdict: 'contradicts',
      reason: `accuracy does not depend on the number of thoughts that the depth asks for (${EARLY})`,
    });
    expect(criterion(found, EARLY)?.estimate.value).toBeCloseTo(1, 12);
    expect(criterion(found, CONTRAST)?.estimate.value).toBeCloseTo(0, 12);
  });

  it('contradicts what is right without any', () => {
    expect(judged(() => 1).verdict).toBe('contradicts');
  });

  it('contradicts what needs a number of thoughts that has nothing to do with the depth', () => {
    const found = budget.judge(
      observed((c) => (c >= 3 ? 1 : 0.5), 240),
      aligned(PLAIN),
      [],
    );
    expect(found.verdict).toBe('contradicts');
    expect(criterion(found, CONTRAST)?.verdict).toBe('contradicts');
  });

  it('exempts a model that only guesses with fewer thoughts than all', () => {
    const found = judged((c) => (c === 6 ? 1 : 0.5));
    expect(found).toMatchObject({
      verdict: 'undetermined',
      reason: `${CONTRAST}: the model only guesses with fewer thoughts than all, enough or not`,
    });
    expect(criterion(found, CONTRAST)?.estimate.value).toBeCloseTo(0, 12);
    // It guesses as well where more thoughts than the depth asks for are there.
    expect(criterion(found, EARLY)?.verdict).toBe('supports');
  });

  it('compares depths only after equally many thoughts: where all are alike there is nothing to compare', () => {
    const alike = observed(searching()).map((one) => ({ ...one, depth: 3, correct: [0.5, 0.5, 0.5, 1, 1, 1, 1] }));
    const { verdict, criteria, measures } = budget.judge(alike, aligned(PLAIN), []);
    expect(criteria.map(({ name }) => name)).toEqual([EARLY]);
    expect(measures[0].name).toBe(CONTRAST);
    expect(verdict).toBe('supports');
  });

  it('has the share correct by thoughts and depth', () => {
    const { measures } = judged(searching());
    const at = (c: number, depth: number): unknown =>
      measures.find(({ name }) => name === `right after ${c} thoughts, depth ${depth}`)?.estimate;
    expect(at(2, 3)).toMatchObject({ value: expect.closeTo(0.45, 12) as number, n: 40 });
    expect(at(3, 3)).toMatchObject({ value: expect.closeTo(0.9, 12) as number, n: 40 });
    expect(at(3, 4)).toMatchObject({ value: expect.closeTo(0.45, 12) as number, n: 40 });
  });
});
