import { describe, expect, it } from 'vitest';
import { layerAt, PLAIN, type Alignment } from '../../../src/claim/alignment.js';
import { edgeSwap, turnedWhere } from '../../../src/claim/predictions/f06-edge-swap.js';
import type { Finding } from '../../../src/claim/prediction.js';
import type { TurnedBySwap } from '../../../src/claim/swapped-answers.js';

const aligned = (alignment: Alignment): Parameters<typeof edgeSwap.judge>[1] => ({
  alignment: { of: () => alignment, agreed: alignment },
});

/** What a patched thought does: whether the new target is found, and how far its T / 100 changes. */
type Does = (t: number, swap: number, target: number) => { found: number; change: number };

/** Graphs with targets at depths 3 and 4, edges swapped at depths 1, 2 and 3. */
function observed(does: Does, n = 80): TurnedBySwap[] {
  return Array.from({ length: n }, (_, i) => {
    const target = 3 + (i % 2);
    const swaps = [1, 2, 3].map((depth) => {
      const cells = Array.from({ length: target }, (__, t) => does(t + 1, depth, target));
      return { depth, target, found: cells.map(({ found }) => found), changes: cells.map(({ change }) => change) };
    });
    return { graph: `graph ${i}`, swaps };
  });
}

/** From a coin to a sure answer, and nothing. */
const FOUND = { found: 1, change: 0.5 };
const NOTHING = { found: 0.5, change: 0 };

const searching =
  (alignment = PLAIN): Does =>
  (t, swap) =>
    layerAt(alignment, t) >= swap ? FOUND : NOTHING;

const judged = (does: Does, alignment = PLAIN): Finding => edgeSwap.judge(observed(does), aligned(alignment), []);

function verdicts({ verdict, criteria }: Finding): [string, Record<string, string>] {
  return [verdict, Object.fromEntries(criteria.map((one) => [one.name, one.verdict]))];
}

const [ONE, MORE, BEFORE] = [
  'found past the swap, 1 step to go',
  'found past the swap, 2 or more steps to go',
  'changed before the swap',
];

describe('turnedWhere', () => {
  type Of = Parameters<typeof turnedWhere>[3];
  const item: TurnedBySwap = {
    graph: 'a',
    swaps: [
      { depth: 1, target: 4, found: [0.1, 0.2, 0.3, 0.9], changes: [1, 2, 3, 4] },
      { depth: 3, target: 4, found: [0.01, 0.02, 0.5, 0.8], changes: [5, 6, 7, 8] },
    ],
  };
  const of = (
    holds: Parameters<typeof turnedWhere>[2],
    { alignment = PLAIN, what = ({ found }) => found }: { alignment?: Alignment; what?: Of } = {},
  ): number | undefined => turnedWhere([item], aligned(alignment).alignment, holds, what)[0];

  it('is the mean of an item’s own cells, of swap and thought, for which the condition holds', () => {
    // Thought 3 of both, one step before the target.
    expect(of(({ past, toGo }) => past >= 0 && toGo === 1)).toBeCloseTo((0.3 + 0.5) / 2, 12);
    // Thoughts 1 and 2, of the swap at depth 1 alone.
    expect(of(({ past, toGo }) => past >= 0 && toGo >= 2)).toBeCloseTo((0.1 + 0.2) / 2, 12);
    expect(of(({ past }) => past < 0)).toBeCloseTo((0.01 + 0.02) / 2, 12);
    expect(of(() => false)).toBeUndefined();
    // One that is a step ahead has the target in reach at thought 3.
    const ahead = { alignment: { ...PLAIN, offset: 1 } };
    expect(of(({ past, toGo }) => past >= 0 && toGo === 1, ahead)).toBeCloseTo((0.2 + 0.02) / 2, 12);
    expect(of(({ past }) => past < 0, ahead)).toBe(0.01);
  });

  it('is of whatever is asked for', () => {
    // Thoughts 1 and 2 of the swap at depth 3.
    expect(of(({ past }) => past < 0, { what: ({ change }) => change })).toBe(5.5);
  });

  it('looks for each swap’s own target', () => {
    const [first, second] = item.swaps;
    const nearer: TurnedBySwap = { ...item, swaps: [{ ...first, target: 3 }, second] };
    const [found] = turnedWhere(
      [nearer],
      aligned(PLAIN).alignment,
      ({ toGo }) => toGo === 1,
      ({ found: share }) => share,
    );
    // Thought 2 of the first, thought 3 of the second.
    expect(found).toBeCloseTo((0.2 + 0.5) / 2, 12);
  });
});

describe('F6', () => {
  it.each([PLAIN, { ...PLAIN, offset: 1 }, { ...PLAIN, offset: -1 }])(
    'supports a search whose thoughts have come as far as they are taken to have: offset $offset',
    (alignment) => {
      expect(verdicts(judged(searching(alignment), alignment))).toEqual([
        'supports',
        { [ONE]: 'supports', [MORE]: 'supports', [BEFORE]: 'supports' },
      ]);
    },
  );

  it('asks of more steps than one only where a thought has them to go', () => {
    // Two hops a thought: thought 1 is at layer 2, and no target is deeper than 4.
    const stride = { ...PLAIN, stride: 2 };
    expect(verdicts(judged(searching(stride), stride))).toEqual([
      'supports',
      { [ONE]: 'supports', [BEFORE]: 'supports' },
    ]);
  });

  it('is how far beyond a coin new targets are found: 2 x .9 - 1, and 2 x .5 - 1', () => {
    const values = (found: number): unknown =>
      judged((t, swap) => (t >= swap ? { ...FOUND, found } : NOTHING)).criteria.map(({ estimate }) => estimate.value);
    expect(values(0.9)).toEqual([expect.closeTo(0.8, 12), expect.closeTo(0.8, 12), 0]);
    expect(values(0.5)).toEqual([0, 0, 0]);
  });

  it('contradicts where no patched thought finds the new target: an answer that is merely lost is a coin', () => {
    const values = { [ONE]: 'contradicts', [MORE]: 'contradicts', [BEFORE]: 'supports' };
    expect(verdicts(judged(() => NOTHING))).toEqual(['contradicts', values]);
    const lost: Does = (t, swap) => (t >= swap ? { found: 0.5, change: -0.5 } : NOTHING);
    expect(verdicts(judged(lost))).toEqual(['contradicts', values]);
  });

  it('contradicts where only the last thoughts do: an answer that comes late', () => {
    const [verdict, criteria] = verdicts(judged((t, _, target) => (t >= target - 1 ? FOUND : NOTHING)));
    expect([verdict, criteria[ONE], criteria[MORE]]).toEqual(['contradicts', 'supports', 'contradicts']);
  });

  it.each([PLAIN, { ...PLAIN, offset: 1 }, { ...PLAIN, stride: 2 }, { ...PLAIN, stride: 3, offset: -1 }])(
    'contradicts where every thought does: an answer that is carried, however it is aligned: $stride, $offset',
    (alignment) => {
      // Where the model is sure of the other node before, and of the new target after.
      const [verdict, criteria] = verdicts(judged(() => ({ found: 1, change: 1 }), alignment));
      expect([verdict, criteria[BEFORE]]).toEqual(['contradicts', 'contradicts']);
    },
  );

  it('is the size of the change before the swap, whichever way it goes', () => {
    const changing = (change: number): [string, number] => {
      const { verdict, criteria } = judged((t, swap) => (t >= swap ? FOUND : { found: 0.5, change }));
      const value = criteria.find(({ name }) => name === BEFORE)?.estimate.value;
      return [verdict, Number(value?.toFixed(12))];
    };
    expect(changing(-0.7)).toEqual(['contradicts', 0.7]);
    expect(changing(0.7)).toEqual(['contradicts', 0.7]);
    // A coin becomes an answer.
    expect(changing(0.5)).toEqual(['contradicts', 0.5]);
    expect(changing(0.4)).toEqual(['undetermined', 0.4]);
    expect(changing(0.1)).toEqual(['supports', 0.1]);
    // One way in every second thought, and the other way in the others.
    const { criteria } = judged((t, swap) => (t >= swap ? FOUND : { found: 0.5, change: t % 2 === 0 ? 0.7 : -0.7 }));
    expect(criteria.find(({ name }) => name === BEFORE)?.verdict).toBe('contradicts');
  });

  it('has a matrix of which thought finds what', () => {
    const { measures } = judged((t, swap, target) =>
      t >= target ? { found: 0, change: -1 } : searching()(t, swap, target),
    );
    const value = (name: string): unknown => measures.find((one) => one.name === name)?.estimate;
    expect(value('swap at 1, thought 1')).toMatchObject({ value: 1, n: 80 });
    expect(value('swap at 3, thought 2')).toMatchObject({ value: 0, n: 80 });
    // Of targets at depth 4 alone: those at 3 have no thought 4.
    expect(value('swap at 2, thought 4')).toMatchObject({ value: -1, n: 40 });
  });

  it('is undetermined without swaps, and says of how many graphs', () => {
    const none = observed(searching()).map((one) => ({ ...one, swaps: [] }));
    expect(edgeSwap.judge(none, aligned(PLAIN), [])).toMatchObject({
      verdict: 'undetermined',
      reason: `too few graphs for ${ONE} (0; at least 30)`,
    });
  });
});
