import { describe, expect, it } from 'vitest';
import { layerAt, PLAIN, type Alignment, type TurnedBySwap } from '../../../src/claim/alignment.js';
import { edgeSwap, turnedWhere } from '../../../src/claim/predictions/f06-edge-swap.js';
import type { Finding } from '../../../src/claim/prediction.js';

const aligned = (alignment: Alignment): Parameters<typeof edgeSwap.judge>[1] => ({
  alignment: { of: () => alignment, agreed: alignment },
});

/** Graphs with targets at depths 3 and 4, edges swapped at depths 1, 2 and 3. */
function observed(turned: (t: number, swap: number, target: number) => number, n = 80): TurnedBySwap[] {
  return Array.from({ length: n }, (_, i) => {
    const target = 3 + (i % 2);
    const turns = (depth: number): number[] => Array.from({ length: target }, (_, t) => turned(t + 1, depth, target));
    return { graph: `graph ${i}`, target, swaps: [1, 2, 3].map((depth) => ({ depth, turns: turns(depth) })) };
  });
}

/** A search that keeps its root. */
const searching =
  (alignment = PLAIN) =>
  (t: number, swap: number, target: number): number =>
    layerAt(alignment, t) >= target ? 1 : layerAt(alignment, t) >= swap ? 0.5 : 0;

function verdicts({ verdict, criteria }: Finding): [string, Record<string, string>] {
  return [verdict, Object.fromEntries(criteria.map((one) => [one.name, one.verdict]))];
}

const [ONE, MORE, BEFORE] = [
  'turned past the swap, 1 step to go',
  'turned past the swap, 2 or more steps to go',
  'turned before the swap',
];

describe('turnedWhere', () => {
  it('is the mean of an item’s own cells, of swap and thought, for which the condition holds', () => {
    const item: TurnedBySwap = {
      graph: 'a',
      target: 4,
      swaps: [
        { depth: 1, turns: [0.1, 0.2, 0.3, 0.9] },
        { depth: 3, turns: [0.01, 0.02, 0.5, 0.8] },
      ],
    };
    const of = (holds: Parameters<typeof turnedWhere>[2], alignment = PLAIN): number | undefined =>
      turnedWhere([item], aligned(alignment).alignment, holds)[0];
    // Thought 3 of both, one step before the target.
    expect(of(({ past, toGo }) => past >= 0 && toGo === 1)).toBeCloseTo((0.3 + 0.5) / 2, 12);
    // Thoughts 1 and 2, of the swap at depth 1 alone.
    expect(of(({ past, toGo }) => past >= 0 && toGo >= 2)).toBeCloseTo((0.1 + 0.2) / 2, 12);
    expect(of(({ past }) => past < 0)).toBeCloseTo((0.01 + 0.02) / 2, 12);
    expect(of(() => false)).toBeUndefined();
    // One that is a step ahead has the target in reach at thought 3.
    const ahead = { stride: 1, offset: 1, lastSteps: 0 };
    expect(of(({ past, toGo }) => past >= 0 && toGo === 1, ahead)).toBeCloseTo((0.2 + 0.02) / 2, 12);
    expect(of(({ past }) => past < 0, ahead)).toBe(0.01);
  });
});

describe('F6', () => {
  it('supports a search whose thoughts have come as far as they are taken to have', () => {
    for (const alignment of [PLAIN, { stride: 1, offset: 1, lastSteps: 0 }, { stride: 1, offset: -1, lastSteps: 0 }]) {
      const found = edgeSwap.judge(observed(searching(alignment)), aligned(alignment), []);
      expect(verdicts(found)).toEqual(['supports', { [ONE]: 'supports', [MORE]: 'supports', [BEFORE]: 'supports' }]);
    }
    // Two hops a thought: no thought has two to go.
    const stride = { stride: 2, offset: 0, lastSteps: 0 };
    const found = edgeSwap.judge(observed(searching(stride)), aligned(stride), []);
    expect(verdicts(found)).toEqual(['supports', { [ONE]: 'supports', [BEFORE]: 'supports' }]);
  });

  it('supports one that forgets, whose answer turns from sure to sure', () => {
    const forgets = observed((t, swap) => Number(t >= swap));
    expect(edgeSwap.judge(forgets, aligned(PLAIN), []).verdict).toBe('supports');
  });

  it('contradicts where no patched thought turns the answer', () => {
    const found = edgeSwap.judge(
      observed(() => 0),
      aligned(PLAIN),
      [],
    );
    expect(verdicts(found)).toEqual([
      'contradicts',
      { [ONE]: 'contradicts', [MORE]: 'contradicts', [BEFORE]: 'supports' },
    ]);
  });

  it('contradicts where only the last thoughts do: an answer that comes late', () => {
    const late = observed((t, _, target) => Number(t >= target - 1));
    const [verdict, criteria] = verdicts(edgeSwap.judge(late, aligned(PLAIN), []));
    expect([verdict, criteria[ONE], criteria[MORE]]).toEqual(['contradicts', 'supports', 'contradicts']);
  });

  it('contradicts where every thought does: an answer that is carried, however it is aligned', () => {
    for (const alignment of [
      PLAIN,
      { stride: 1, offset: 1, lastSteps: 0 },
      { stride: 2, offset: 0, lastSteps: 0 },
      { stride: 3, offset: -1, lastSteps: 0 },
    ]) {
      const [verdict, criteria] = verdicts(
        edgeSwap.judge(
          observed(() => 1),
          aligned(alignment),
          [],
        ),
      );
      expect([verdict, criteria[BEFORE]]).toEqual(['contradicts', 'contradicts']);
    }
  });

  it('has a matrix of which thought turns what', () => {
    const { measures } = edgeSwap.judge(observed(searching()), aligned(PLAIN), []);
    const value = (name: string): unknown => measures.find((one) => one.name === name)?.estimate;
    expect(value('swap at 1, thought 1')).toMatchObject({ value: 0.5, n: 80 });
    expect(value('swap at 3, thought 2')).toMatchObject({ value: 0, n: 80 });
    expect(value('swap at 2, thought 4')).toMatchObject({ value: 1, n: 40 });
  });

  it('is undetermined without swaps, and says of how many graphs', () => {
    const none = observed(searching()).map((one) => ({ ...one, swaps: [] }));
    expect(edgeSwap.judge(none, aligned(PLAIN), [])).toMatchObject({
      verdict: 'undetermined',
      reason: `too few graphs for ${ONE} (0; at least 30)`,
    });
  });
});
