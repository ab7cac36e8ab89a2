import { describe, expect, it } from 'vitest';
import { randomHolds, type Layer } from '../../../src/claim/beams.js';
import { blindBeamName, blindBeams } from '../../../src/claim/predictions/f17-blind-beams.js';
import type { Finding } from '../../../src/claim/prediction.js';
import { PLAINLY } from './plainly.js';

type Observed = Parameters<typeof blindBeams.judge>[0];

/** One of four leads on, and two of twelve: the hardest for every beam. */
const WIDE: readonly Layer[] = [
  { size: 4, leading: 1 },
  { size: 12, leading: 2 },
];
/** A beam of three holds all of it. */
const NARROW: readonly Layer[] = [{ size: 3, leading: 1 }];

/** Graphs of which so many in twenty are answered correctly. */
const observed = (right: number, { n = 400, layers = WIDE } = {}): Observed =>
  Array.from({ length: n }, (_, i) => ({ graph: `graph ${i}`, correct: Number(i % 20 < right), layers }));

const judged = (observations: Observed): Finding => blindBeams.judge(observations, PLAINLY, []);

const valuesOf = ({ criteria, measures }: Finding): Record<string, number | null> =>
  Object.fromEntries([...criteria, ...measures].map(({ name, estimate }) => [name, estimate.value]));

const NAMES = [1, 2, 3].map(blindBeamName);

describe('F17', () => {
  it('supports a search that is right, whatever layers are like', () => {
    const found = judged(observed(20));
    expect(found.verdict).toBe('supports');
    expect(found.criteria.map(({ name }) => name)).toEqual(NAMES);
    expect(found.measures.map(({ name }) => name)).toEqual([blindBeamName(5)]);
    for (const value of Object.values(valuesOf(found))) expect(value).toBeCloseTo(1, 12);
  });

  it('supports one that errs, as long as it is right more often than any beam', () => {
    // A beam of three holds one of two in twelve with 1 - (10 9 8) / (12 11 10) = 5 / 11, and is right in 8 / 11 = .727.
    const { verdict, criteria } = judged(observed(17));
    expect(verdict).toBe('supports');
    expect(criteria[2].estimate.value).toBeCloseTo((0.85 - 8 / 11) / (3 / 11), 12);
  });

  it('does not support a beam that knows no way', () => {
    // One of two in twelve is held by one node with 1 / 6: 7 / 12 are right, .583 of all items. By two, with 7 / 22: .659.
    const one = judged(
      Array.from({ length: 396 }, (_, i) => ({ graph: `${i}`, correct: Number(i % 12 < 7), layers: WIDE })),
    );
    expect(one.verdict).toBe('undetermined');
    expect(valuesOf(one)[NAMES[0]]).toBeCloseTo(0, 12);
    expect(valuesOf(one)[NAMES[1]]).toBeLessThan(0);
    const two = judged(
      Array.from({ length: 396 }, (_, i) => ({ graph: `${i}`, correct: Number(i % 44 < 29), layers: WIDE })),
    );
    expect(two.criteria.map(({ verdict }) => verdict)).toEqual(['supports', 'undetermined', 'undetermined']);
    expect(valuesOf(two)[NAMES[1]]).toBeCloseTo(0, 12);
  });

  it('exempts a search that errs: being wrong more often than a beam contradicts nothing', () => {
    // (.3 - 8 / 11) / (3 / 11) = -1.57, far below -.5.
    const { verdict, reason, criteria } = judged(observed(6));
    expect(criteria[2].estimate.high).toBeLessThan(-0.5);
    expect(criteria.map((one) => one.verdict)).toEqual(['undetermined', 'undetermined', 'undetermined']);
    expect(verdict).toBe('undetermined');
    expect(reason).toContain('a search that errs may be wrong as often');
  });

  it('is sure of all layers but the hardest', () => {
    // As if the layer of four were not there: for a beam of two, the one of twelve is harder.
    expect(randomHolds(2, WIDE[1])).toBeLessThan(randomHolds(2, WIDE[0]));
    expect(valuesOf(judged(observed(16)))).toEqual(valuesOf(judged(observed(16, { layers: [WIDE[1]] }))));
    expect(valuesOf(judged(observed(16)))).toEqual(valuesOf(judged(observed(16, { layers: [...WIDE].reverse() }))));
  });

  it('leaves out layers that a beam holds as good as always', () => {
    // One of three nodes is held with 1 / 3, by two with 2 / 3, by three always.
    const { verdict, criteria, measures } = judged(observed(20, { layers: NARROW }));
    expect([verdict, ...criteria.map(({ name }) => name)]).toEqual(['supports', NAMES[0], NAMES[1]]);
    // A beam of three has none, and is not there; one of five is a measure of nothing.
    expect(measures.map(({ name, estimate }) => [name, estimate.n])).toEqual([[blindBeamName(5), 0]]);
  });

  it('decides by 30 graphs or more: with fewer, a width is a measure, and one path alone is open', () => {
    const mixed = (wide: number): Observed => [
      ...observed(20, { n: wide }),
      ...observed(20, { n: 60, layers: NARROW }).map((one) => ({ ...one, graph: `narrow ${one.graph}` })),
    ];
    const names = (wide: number): [string, string[], string[]] => {
      const { verdict, criteria, measures } = judged(mixed(wide));
      return [verdict, criteria.map(({ name }) => name), measures.map(({ name }) => name)];
    };
    expect(names(40)).toEqual(['supports', NAMES, [blindBeamName(5)]]);
    expect(names(29)).toEqual(['supports', NAMES.slice(0, 2), [NAMES[2], blindBeamName(5)]]);
    expect(judged(observed(20, { n: 29 }))).toMatchObject({
      verdict: 'undetermined',
      reason: `too few graphs for ${NAMES[0]} (29; at least 30)`,
    });
  });
});
