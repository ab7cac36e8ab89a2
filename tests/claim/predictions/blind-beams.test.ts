import { describe, expect, it } from 'vitest';
import { BEAMS } from '../../../src/claim/beams.js';
import { blindBeamName, blindBeams } from '../../../src/claim/predictions/f17-blind-beams.js';
import type { Finding } from '../../../src/claim/prediction.js';
import { PLAINLY } from './plainly.js';

type Observed = Parameters<typeof blindBeams.judge>[0];

/** How often beams of 1 to 5 find the targets of some items. */
const HARD = [0.1, 0.2, 0.4, 0.6, 0.7] as const;
/** A beam of three finds them as good as always. */
const EASY = [0.3, 0.6, 0.9, 1, 1] as const;

const beamsOf = (chances: readonly number[], chosenBy = chances): Observed[number]['beams'] =>
  BEAMS.map((width, i) => ({ width, chosenBy: chosenBy[i], chance: chances[i] }));

/** Graphs of which so many in twenty are answered correctly. */
const observed = (right: number, { n = 400, beams = beamsOf(HARD) } = {}): Observed =>
  Array.from({ length: n }, (_, i) => ({ graph: `graph ${i}`, correct: Number(i % 20 < right), beams }));

const judged = (observations: Observed): Finding => blindBeams.judge(observations, PLAINLY, []);

const valuesOf = ({ criteria, measures }: Finding): Record<string, number | null> =>
  Object.fromEntries([...criteria, ...measures].map(({ name, estimate }) => [name, estimate.value]));

const NAMES = BEAMS.map(blindBeamName);
/** What must be beaten where graphs tell; a beam of five is only measured. */
const DECIDING = NAMES.slice(0, 4);

describe('F17', () => {
  it('supports a search that is right, whatever beams find', () => {
    const found = judged(observed(20));
    expect(found.verdict).toBe('supports');
    expect(found.criteria.map(({ name }) => name)).toEqual(DECIDING);
    expect(found.measures.map(({ name }) => name)).toEqual(NAMES.slice(4));
    for (const value of Object.values(valuesOf(found))) expect(value).toBeCloseTo(1, 12);
  });

  it('supports one that errs, as long as it is right more often than any beam', () => {
    // A beam of four is right in .6, and in half of the others: .8; one of five in .85.
    const { verdict, criteria, measures } = judged(observed(17));
    expect(verdict).toBe('supports');
    expect(criteria[3].estimate.value).toBeCloseTo((0.85 - 0.8) / 0.2, 12);
    expect(measures[0].estimate.value).toBeCloseTo(0, 12);
  });

  it('does not support a beam that knows no way', () => {
    // A beam of three is right in .4, and in half of the others.
    const { verdict, criteria } = judged(observed(14));
    expect(criteria.map((one) => one.verdict)).toEqual(['supports', 'supports', 'undetermined', 'undetermined']);
    expect(criteria[2].estimate.value).toBeCloseTo(0, 12);
    expect(verdict).toBe('undetermined');
  });

  it('contradicts nothing: a search that errs may be wrong more often than a beam', () => {
    // (.3 - .8) / .2 = -2.5.
    const { verdict, criteria } = judged(observed(6));
    expect(criteria[3].estimate.high).toBeLessThan(-2);
    expect(criteria.map((one) => [one.verdict, one.contradict])).toEqual(DECIDING.map(() => ['undetermined', null]));
    expect(verdict).toBe('undetermined');
  });

  it('chooses items by other draws than those by which it says how often a beam finds them', () => {
    const lucky = beamsOf([0.3, 0.3, 0.3, 0.3, 0.3], [0.75, 0.76, 0.75, 0.76, 0.76]);
    const found = judged(observed(13, { beams: lucky }));
    expect(found.criteria.map(({ name }) => name)).toEqual([NAMES[0], NAMES[2]]);
    // .65 is what a beam gets that finds .3.
    for (const { estimate } of found.criteria) expect(estimate.value).toBeCloseTo(0, 12);
  });

  it('decides by 30 graphs or more: with fewer, a width is a measure, and one path alone is open', () => {
    const mixed = (hard: number): Observed => [
      ...observed(20, { n: hard }),
      ...observed(20, { n: 60, beams: beamsOf(EASY) }).map((one) => ({ ...one, graph: `easy ${one.graph}` })),
    ];
    const names = (hard: number): [string, string[], string[]] => {
      const { verdict, criteria, measures } = judged(mixed(hard));
      return [verdict, criteria.map(({ name }) => name), measures.map(({ name }) => name)];
    };
    expect(names(40)).toEqual(['supports', DECIDING, NAMES.slice(4)]);
    expect(names(29)).toEqual(['supports', NAMES.slice(0, 2), NAMES.slice(2)]);
    // What no item tells is not there; one of five is always measured.
    expect(names(0)).toEqual(['supports', NAMES.slice(0, 2), NAMES.slice(4)]);
    expect(judged(observed(20, { n: 29 }))).toMatchObject({
      verdict: 'undetermined',
      reason: `too few graphs for ${NAMES[0]} (29; at least 30)`,
    });
  });
});
