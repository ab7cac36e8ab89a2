import { describe, expect, it } from 'vitest';
import { PLAIN } from '../../src/claim/alignment.js';
import type { Threshold } from '../../src/claim/thresholds.js';
import { FOUND_TOO_EARLY, foundWithout, tooFew } from '../../src/claim/unsearched-criteria.js';
import type { Estimate } from '../../src/statistics/index.js';
import {
  aligned,
  estimatesOf,
  namesOf,
  observed,
  searching,
  valuesOf,
  type Finds,
  type Split,
} from './scrubbed-examples.js';

const THRESHOLD: Threshold = { direction: 'below', support: 0.3, contradict: 0.5, why: 'made up' };

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
