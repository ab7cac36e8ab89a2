import { describe, expect, it } from 'vitest';
import { PLAIN } from '../../src/claim/alignment.js';
import { BEAMS } from '../../src/claim/beams.js';
import { judge } from '../../src/claim/judge.js';
import type { Scrubbed } from '../../src/claim/scrubbed-answers.js';
import {
  beamName,
  beyondBeams,
  beyondCoin,
  FOUND_TOO_EARLY,
  foundWithout,
  inTime,
  tooFew,
  wayOf,
} from '../../src/claim/scrubbed-criteria.js';
import type { Threshold } from '../../src/claim/thresholds.js';
import type { Estimate } from '../../src/statistics/index.js';
import { aligned, beamOf, observed, searching, type Finds } from './scrubbed-examples.js';

const THRESHOLD: Threshold = { direction: 'above', support: 0.7, contradict: 0.25, why: 'made up' };
const WORDS = { name: 'kept', description: 'made up' };

type Split = ReturnType<typeof inTime>;

/** Estimates by name, of criteria and measures alike. */
function estimatesOf({ criteria, measures }: Split, graphs: readonly string[]): Record<string, Estimate> {
  return Object.fromEntries(
    [...criteria, ...measures].map(({ name, statistic }) => [name, statistic(graphs).estimate]),
  );
}

function valuesOf(split: Split, observations: readonly { graph: string }[]): Record<string, number | null> {
  const graphs = observations.map(({ graph }) => graph);
  return Object.fromEntries(Object.entries(estimatesOf(split, graphs)).map(([name, { value }]) => [name, value]));
}

const namesOf = ({ criteria, measures }: Split): [string[], string[]] => [
  criteria.map(({ name }) => name),
  measures.map(({ name }) => name),
];

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

describe('tooFew', () => {
  const [NONE, SHORT] = [`${FOUND_TOO_EARLY}, no thought left`, `${FOUND_TOO_EARLY}, one step short`];
  const split = (finds: Finds, alignment = PLAIN, judgedBy = alignment, n = 80): [Split, { graph: string }[]] => {
    const early = observed(finds, { alignment, n }).map(({ graph, depth, stalled }) => ({
      graph,
      held: [{ depth, found: stalled }],
    }));
    return [tooFew(early, aligned(judgedBy), THRESHOLD), early];
  };
  const early = (...of: Parameters<typeof split>): Record<string, number | null> => valuesOf(...split(...of));

  it('is 0 for a search', () => {
    expect(early(searching)).toEqual({ [NONE]: 0, [SHORT]: 0 });
  });

  it('is 1 where the answer is there anyway, and -1 where it is the donor’s', () => {
    expect(early(() => 1)).toEqual({ [NONE]: 1, [SHORT]: 1 });
    expect(early(() => 0)).toEqual({ [NONE]: -1, [SHORT]: -1 });
  });

  it('tells what is there with none left from what is copied into a thought, and adds up what is there by either', () => {
    expect(early(({ left }) => (left === 0 ? 0.5 : 1))).toEqual({ [NONE]: 0, [SHORT]: 1 });
    expect(early(({ left }) => (left === 0 ? 1 : 0.5))).toEqual({ [NONE]: 1, [SHORT]: 0 });
    // A quarter of the answers is there with none left, another one with any: a half of them one step short.
    const some = observed(searching).map(({ graph, depth }, i) => {
      const found = Array.from({ length: depth }, () =>
        [0, 1, 2, 3].map((left) => (i % 4 === 0 || (i % 4 === 1 && left > 0) ? 1 : 0.5)),
      );
      return { graph, held: [{ depth, found }] };
    });
    expect(valuesOf(tooFew(some, aligned(PLAIN), THRESHOLD), some)).toEqual({
      [NONE]: expect.closeTo(0.25, 12) as number,
      [SHORT]: expect.closeTo(0.5, 12) as number,
    });
  });

  it('looks one step short alone, where a search needs more than one', () => {
    // Two steps short, and enough: no evidence.
    expect(early(({ left, needed }) => (left === needed - 1 ? 0.5 : 1))[SHORT]).toBe(0);
    // With a target at 3, thought 1 has two steps to go, and one thought lacks one of them; thought 2 has one.
    const found: Finds = ({ t, left }) => (t === 1 && left === 1 ? 1 : 0);
    const some = observed(found)
      .filter(({ depth }) => depth === 3)
      .map(({ graph, depth, stalled }) => ({ graph, held: [{ depth, found: stalled }] }));
    expect(valuesOf(tooFew(some, aligned(PLAIN), THRESHOLD), some)).toEqual({ [NONE]: -1, [SHORT]: 1 });
  });

  const width = ({ low, high }: Estimate): number => (high ?? NaN) - (low ?? NaN);
  /** Every second of 80 graphs by its guess, whatever is left; its twin by the same guess, if it is asked. */
  const guessing = (withTwins: boolean): Estimate[] => {
    const guesses = observed(searching).map(({ graph, depth }, i) => {
      const guess = Number(i % 4 < 2);
      const foundAs = (right: number): number[][] => Array.from({ length: depth }, () => [right, right, right, right]);
      const twin = { depth, found: foundAs(1 - guess) };
      return { graph, held: [{ depth, found: foundAs(guess) }, ...(withTwins ? [twin] : [])] };
    });
    const estimates = estimatesOf(
      tooFew(guesses, aligned(PLAIN), THRESHOLD),
      guesses.map(({ graph }) => graph),
    );
    return [NONE, SHORT].map((name) => estimates[name]);
  };

  it('has the interval of a share, twice as wide', () => {
    for (const of of guessing(false)) {
      expect(of.value).toBe(0);
      // Wilson's interval of 40 in 80: 1.96 sqrt(80) / (80 + 1.96^2) to both sides, twice in the scale from -1 to 1.
      expect(width(of)).toBeCloseTo((4 * 1.959964 * Math.sqrt(20 + 1.959964 ** 2 / 4)) / (80 + 1.959964 ** 2), 2);
    }
  });

  it('has a narrow interval where an item and its twin are answered by the same guess, of which one is right', () => {
    const [none] = guessing(true);
    expect(none.value).toBe(0);
    expect(width(none)).toBeLessThan(width(guessing(false)[0]) / 2);
  });

  it('leaves out what may be between two steps, where a step takes two thoughts', () => {
    const slow = { ...PLAIN, stride: 0.5 };
    expect(early(({ left, needed }) => (left === needed - 1 ? 1 : 0.5), slow)).toEqual({ [NONE]: 0, [SHORT]: 0 });
    // With one hop a thought the same are one step short.
    expect(early(({ left, needed }) => (left === needed - 1 ? 1 : 0.5))[SHORT]).toBe(1);
    // Up to thought 4 one has come two layers at most: two steps are to go, which take four thoughts, of which two are too few.
    expect(early(({ left, needed }) => (left === needed - 2 ? 1 : 0.5), slow)[SHORT]).toBe(1);
  });

  it('says nothing of thoughts before the search has begun', () => {
    const late = { ...PLAIN, offset: -2 };
    // Thought 1 is idle; what is found after it does not count.
    const idle: Finds = (cell) => (cell.t === 1 ? 1 : searching(cell));
    expect(early(idle, late)).toEqual({ [NONE]: 0, [SHORT]: 0 });
    expect(early(idle, late, PLAIN)[NONE]).toBeGreaterThan(0);
  });

  it('counts what the answering pass does itself', () => {
    const alignment = { ...PLAIN, lastSteps: 1 };
    expect(early(searching, alignment)).toEqual({ [NONE]: 0, [SHORT]: 0 });
    // Judged without: with a target at 3, none is left at thought 2, where it is found, and at thought 1, where it is not; at 4,
    // it is found at thought 3 of three. So (1 / 2 + 1 / 3) / 2, and always where one step short is enough.
    expect(early(searching, alignment, PLAIN)[NONE]).toBeCloseTo((1 / 2 + 1 / 3) / 2, 12);
    expect(early(searching, alignment, PLAIN)[SHORT]).toBe(1);
  });

  it('asks for one step short only where there are 30 graphs', () => {
    expect(namesOf(split(searching, PLAIN, PLAIN, 30)[0])).toEqual([[NONE, SHORT], []]);
    expect(namesOf(split(searching, PLAIN, PLAIN, 29)[0])).toEqual([[NONE], [SHORT]]);
    expect(namesOf(split(searching, PLAIN, PLAIN, 0)[0])).toEqual([[NONE], []]);
  });
});

describe('foundWithout', () => {
  type Cell = Parameters<typeof foundWithout>[0][number]['astray'][number]['stalled'][number];

  /** 80 graphs with a target at depth 4, cut at 1 and led on from 3: after each thought, with one thought left and two. */
  const observed4 = (
    right: (cell: Omit<Cell, 'right'>) => number,
    {
      cutAt = 1,
      from = 3,
      depth = 4,
      own = [0.5],
    }: { cutAt?: number; from?: number; depth?: number; own?: number[] } = {},
    atOnce = right,
  ): Parameters<typeof foundWithout>[0] =>
    Array.from({ length: 80 }, (_, i) => {
      const cells = (of: typeof right): Cell[] =>
        [1, 2, 3, 4].flatMap((thought) => [1, 2].map((left) => ({ thought, left, right: of({ thought, left }) })));
      const question = { depth, cutAt, from, stalled: cells(right), atOnce: cells(atOnce) };
      return { graph: `graph ${i}`, ownDepth: depth, own, astray: [question] };
    });
  const value = (some: Parameters<typeof foundWithout>[0], alignment = PLAIN): number | null =>
    foundWithout(some, aligned(alignment), THRESHOLD).statistic(some.map(({ graph }) => graph)).estimate.value;

  it('is 0 for a coin, 1 where the answer is there all the same, -1 where it is the other one', () => {
    expect([0.5, 1, 0].map((right) => value(observed4(() => right)))).toEqual([0, 1, -1]);
    expect(value([])).toBeNull();
  });

  it('looks only at as many thoughts as a search would need', () => {
    // After thought 2 with two left, after thought 3 with one: the others may say what they like.
    expect(value(observed4(({ thought, left }) => (thought + left === 4 ? 0.5 : 1)))).toBe(0);
    expect(value(observed4(({ thought, left }) => (thought + left === 4 ? 1 : 0)))).toBe(1);
  });

  it('looks only at thoughts between the cut and where it leads on', () => {
    const late = ({ thought }: { thought: number }): number => (thought === 3 ? 1 : 0.5);
    expect(value(observed4(late))).toBe(0.5);
    expect(value(observed4(late, { from: 2 }))).toBe(0);
    expect(value(observed4(late, { cutAt: 3 }))).toBe(1);
  });

  it('leaves out what a search finds from before the cut', () => {
    // Two hops a thought: thought 1 holds what lies within two edges. With a cut at 2 the nodes at 1 lead to a target at 3 in one thought.
    const two = { ...PLAIN, stride: 2 };
    expect(
      value(
        observed4(() => 1, { cutAt: 2, from: 2, depth: 3 }),
        two,
      ),
    ).toBeNull();
    expect(
      value(
        observed4(() => 1, { cutAt: 1, from: 2, depth: 3 }),
        two,
      ),
    ).toBe(1);
  });

  it('goes by how a model is asked, as all that counts thoughts', () => {
    const practised = [0.5, 0.5, 0.5, 0.5, 1, 1, 1];
    const some = (own: number[]): ReturnType<typeof observed4> =>
      observed4(
        () => 0.5,
        { own },
        () => 1,
      );
    expect(value(some(practised))).toBe(1);
    expect(value(some([0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1]))).toBe(0);
  });

  it('takes the mean of item and twin', () => {
    const [one, other] = [observed4(() => 1), observed4(() => 0)];
    expect(value(one.map((own, i) => ({ ...own, astray: [...own.astray, ...other[i].astray] })))).toBe(0);
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
