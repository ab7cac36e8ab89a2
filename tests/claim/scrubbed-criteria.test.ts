import { describe, expect, it } from 'vitest';
import { PLAIN } from '../../src/claim/alignment.js';
import { BEAMS } from '../../src/claim/beams.js';
import { judge } from '../../src/claim/judge.js';
import type { Scrubbed } from '../../src/claim/scrubbed-answers.js';
import { beamName, beyondBeams, beyondCoin, inTime, wayOf } from '../../src/claim/scrubbed-criteria.js';
import type { Threshold } from '../../src/claim/thresholds.js';
import { aligned, beamOf, namesOf, observed, searching, valuesOf, type Finds } from './scrubbed-examples.js';

const THRESHOLD: Threshold = { direction: 'above', support: 0.7, contradict: 0.25, why: 'made up' };
const WORDS = { name: 'kept', description: 'made up' };

describe('wayOf', () => {
  /** A hundred graphs with a target at depth 3, so many of them always right after 3, 4 and 5 thoughts of 6; the others never. */
  const early = (right: number, { rest = 1 } = {}): Pick<Scrubbed, 'graph' | 'ownDepth' | 'own'>[] =>
    Array.from({ length: 100 }, (_, i) => {
      const own = Number(i < right);
      return { graph: `graph ${i}`, ownDepth: 3, own: [rest, rest, rest, own, own, own, rest] };
    });

  it('asks at once whoever keeps more than nine tenths of the excess over chance', () => {
    // 2 x .96 - 1 = .92 and 2 x .94 - 1 = .88.
    expect(wayOf(early(96), aligned(PLAIN))).toBe('atOnce');
    expect(wayOf(early(94), aligned(PLAIN))).toBe('stalled');
  });

  it('looks at numbers of thoughts that suffice, and are fewer than all', () => {
    // What is right after none, too few or all of them says nothing.
    expect(wayOf(early(96, { rest: 0 }), aligned(PLAIN))).toBe('atOnce');
    expect(wayOf(early(94, { rest: 1 }), aligned(PLAIN))).toBe('stalled');
    // A search two layers ahead, or whose answering pass takes two steps, can answer after one thought, and does not.
    for (const respect of ['offset', 'lastSteps'])
      expect(wayOf(early(100, { rest: 0 }), aligned({ ...PLAIN, [respect]: 2 })), respect).toBe('stalled');
    // One that is two layers behind can after five alone.
    const last = early(0).map((one) => ({ ...one, own: [0, 0, 0, 0, 0, 1, 0] }));
    expect(wayOf(last, aligned({ ...PLAIN, offset: -2 }))).toBe('atOnce');
  });

  it('stalls where nothing says that a model is practised', () => {
    expect(wayOf([], aligned(PLAIN))).toBe('stalled');
    expect(wayOf([{ graph: 'a', ownDepth: 6, own: [1, 1, 1, 1, 1, 1, 1] }], aligned(PLAIN))).toBe('stalled');
  });

  it('goes by the depth of the item’s own target, not by that of the question whose search is put in', () => {
    const other = observed(searching, { practised: true }).map((one) => ({ ...one, depth: 1 }));
    expect(wayOf(other, aligned(PLAIN))).toBe('atOnce');
  });
});

describe('inTime', () => {
  const kept = (observations: readonly Scrubbed[], alignment = PLAIN): Record<string, number | null> =>
    valuesOf(inTime(observations, aligned(alignment), WORDS, THRESHOLD), observations);
  const [ONE, MORE] = ['kept, 1 step to go', 'kept, 2 or more steps to go'];

  it('is 1 for a search, 0 where the answer is lost, -1 where it is the donor’s', () => {
    expect(kept(observed(searching))).toEqual({ [ONE]: 1, [MORE]: 1 });
    expect(kept(observed(() => 0.5))).toEqual({ [ONE]: 0, [MORE]: 0 });
    expect(kept(observed(() => 0))).toEqual({ [ONE]: -1, [MORE]: -1 });
  });

  it('looks only at as many thoughts as a search needs, neither more nor fewer', () => {
    // 2 x .9 - 1.
    expect(kept(observed(({ left, needed }) => (left === needed ? 0.9 : 0)))[MORE]).toBeCloseTo(0.8, 12);
    // One that has time to start over.
    expect(kept(observed(({ left, needed }) => (left > needed ? 1 : 0.5)))[ONE]).toBe(0);
  });

  it('tells thoughts by what is still to go, and leaves out those that have the target in reach', () => {
    const lastLost = observed((cell) => (cell.needed === 1 ? 0.5 : searching(cell)));
    expect(kept(lastLost)).toEqual({ [ONE]: 0, [MORE]: 1 });
  });

  it.each([
    { ...PLAIN, offset: 1 },
    { ...PLAIN, stride: 2, offset: -1 },
    { ...PLAIN, lastSteps: 1 },
    { ...PLAIN, stride: 0.5, offset: 0.5 },
  ])('goes by the alignment: stride $stride, offset $offset, $lastSteps last steps', (alignment) => {
    const observations = observed(searching, { alignment });
    expect(kept(observations, alignment)[ONE]).toBe(1);
  });

  it('misjudges by another alignment', () => {
    // Taken for one that is a step behind, it seems to lose its answer at the last.
    const ahead = observed(searching, { alignment: { ...PLAIN, offset: 1 } });
    expect(kept(ahead, PLAIN)[ONE]).toBe(-1);
  });

  it('asks of two or more steps only where there are 30 graphs, but always of one', () => {
    const split = (n: number): [string[], string[]] =>
      namesOf(inTime(observed(searching, { n }), aligned(PLAIN), WORDS, THRESHOLD));
    expect(split(30)).toEqual([[ONE, MORE], []]);
    expect(split(29)).toEqual([[ONE], [MORE]]);
    expect(split(0)).toEqual([[ONE], []]);
  });

  it('asks a model that is practised at once, and another after all thoughts', () => {
    const lost: Finds = () => 0.5;
    expect(kept(observed(lost, { atOnce: searching, practised: true }))).toEqual({ [ONE]: 1, [MORE]: 1 });
    expect(kept(observed(lost, { atOnce: searching }))).toEqual({ [ONE]: 0, [MORE]: 0 });
    expect(kept(observed(searching, { atOnce: lost, practised: true }))).toEqual({ [ONE]: 0, [MORE]: 0 });
    expect(kept(observed(searching, { atOnce: lost }))).toEqual({ [ONE]: 1, [MORE]: 1 });
  });

  it('exempts what fails one way of asking and not the other', () => {
    const judged = (chosen: Finds, other: Finds, practised: boolean): [string, string, ...string[]] => {
      const both = practised ? { finds: other, atOnce: chosen } : { finds: chosen, atOnce: other };
      const observations = observed(both.finds, { atOnce: both.atOnce, practised });
      const { criteria } = inTime(observations, aligned(PLAIN), WORDS, THRESHOLD);
      const found = judge(observations, { criteria }, { supports: 'kept', contradicts: 'lost' });
      return [found.verdict, found.reason, ...found.criteria.map(({ verdict }) => verdict)];
    };
    const held = 'asked after all thoughts, the donor’s last one held till then';
    const lost: Finds = () => 0.5;
    for (const [practised, words] of [
      [true, held],
      [false, 'asked as soon as a search has found the answer'],
    ] as const) {
      const reason = `${ONE}: it does not fail where it is ${words}`;
      expect(judged(lost, searching, practised)).toEqual(['undetermined', reason, 'undetermined', 'undetermined']);
      expect(judged(lost, lost, practised)).toEqual([
        'contradicts',
        `lost (${ONE}, ${MORE})`,
        'contradicts',
        'contradicts',
      ]);
      expect(judged(searching, lost, practised)).toEqual(['supports', 'kept', 'supports', 'supports']);
    }
    // Each by itself: what is there with one step to go exempts no more than that.
    const oneStep: Finds = (cell) => (cell.needed === 1 ? searching(cell) : 0.5);
    expect(judged(lost, oneStep, true).slice(2)).toEqual(['undetermined', 'contradicts']);
  });
});

describe('beyondCoin', () => {
  it('is 1 of all, 0 of half and -1 of none, of what there is', () => {
    const value = (...shares: (number | undefined)[]): number | null =>
      beyondCoin(shares)(shares.map((_, i) => String(i))).estimate.value;
    expect([value(1, 1), value(1, 0), value(0, 0), value(undefined, 0.75), value(undefined)]).toEqual([
      1,
      0,
      -1,
      0.5,
      null,
    ]);
  });
});

describe('beyondBeams', () => {
  const beyond = (observations: readonly Scrubbed[], alignment = PLAIN): Record<string, number | null> =>
    valuesOf(beyondBeams(observations, aligned(alignment), THRESHOLD), observations);

  it('is 1 for a search, of every width that a layer can tell', () => {
    expect(beyond(observed(searching))).toEqual(
      Object.fromEntries(BEAMS.map((width) => [beamName(width), expect.closeTo(1, 12)])),
    );
  });

  it.each(BEAMS)('is 0 for a beam of %i that knows the way, and less for wider ones', (width) => {
    const beam = observed(beamOf(width));
    const values = beyond(beam);
    expect(values[beamName(width)]).toBeCloseTo(0, 12);
    for (const other of BEAMS) {
      const value = values[beamName(other)];
      if (other > width) expect(value).toBeLessThan(0);
      if (other < width) expect(value).toBeGreaterThan(0);
    }
  });

  it('is -1 for an answer that follows the donor', () => {
    expect(beyond(observed(() => 0))['more than one path']).toBeCloseTo(-1, 12);
  });

  it("has the interval of the share that is found, and that test's p: 38 of 40, of a layer of four", () => {
    const some = Array.from({ length: 40 }, (_, i): Scrubbed => {
      const stalled = [[0.5, Number(i < 38)], [0.5]];
      const own = { ownDepth: 2, own: [0.5, 0.5, 1] };
      return { graph: String(i), depth: 2, layers: [{ size: 4, leading: 1 }], stalled, atOnce: [], ...own };
    });
    const { criteria, measures } = beyondBeams(some, aligned(PLAIN), THRESHOLD);
    const spec = [...criteria, ...measures].find(({ name }) => name === beamName(3));
    const found = spec?.statistic(some.map(({ graph }) => graph));
    // A beam of three holds it in two of three cases and finds it in 5/6. Wilson's interval of 38 of 40 is .8349612 to .9861793.
    expect(found?.estimate).toMatchObject({
      value: expect.closeTo(0.7, 12) as number,
      low: expect.closeTo(6 * 0.8349612 - 5, 5) as number,
      high: expect.closeTo(6 * 0.9861793 - 5, 5) as number,
    });
    // z = (38 / 40 - 5 / 6) / sqrt(5 / 36 / 40).
    expect(found?.p(0, 'above')).toBeCloseTo(0.0238574, 6);
  });

  it('looks only at layers before the target that such a beam cannot hold', () => {
    const small = observed(searching).map((one) => ({
      ...one,
      layers: one.layers.map(() => ({ size: 3, leading: 1 })),
    }));
    const estimates = valuesOf(beyondBeams(small, aligned(PLAIN), THRESHOLD), small);
    // Of three nodes a beam of three holds all; one of two holds one of the two others.
    expect(estimates).toEqual({
      [beamName(1)]: 1,
      [beamName(2)]: 1,
      [beamName(3)]: null,
      [beamName(4)]: null,
      [beamName(5)]: null,
    });
    // The same thoughts, taken to have come a layer further: the last before the target is out.
    const alignment = { ...PLAIN, offset: 1 };
    expect(beyond(observed(searching, { alignment }), alignment)[beamName(1)]).toBeCloseTo(1, 12);
  });

  it('exempts what fails one way of asking and not the other', () => {
    const verdicts = (stalled: Finds, atOnce: Finds): string[] => {
      const observations = observed(stalled, { atOnce });
      const { criteria } = beyondBeams(observations, aligned(PLAIN), { ...THRESHOLD, support: 0.5, contradict: -0.5 });
      const found = judge(observations, { criteria }, { supports: 'wider', contradicts: 'not wider' });
      return found.criteria.map(({ verdict }) => verdict);
    };
    const donors: Finds = () => 0;
    expect(verdicts(donors, donors)).toEqual(['contradicts', 'contradicts', 'contradicts']);
    expect(verdicts(donors, searching)).toEqual(['undetermined', 'undetermined', 'undetermined']);
    expect(verdicts(searching, donors)).toEqual(['supports', 'supports', 'supports']);
  });

  it('asks for beams of up to three, whether or not items can tell, and only measures wider ones', () => {
    const { criteria, measures } = beyondBeams(observed(searching), aligned(PLAIN), THRESHOLD);
    expect(criteria.map(({ name }) => name)).toEqual([1, 2, 3].map(beamName));
    expect(measures.map(({ name }) => name)).toEqual([4, 5].map(beamName));
  });
});
