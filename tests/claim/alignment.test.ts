import { describe, expect, it } from 'vitest';
import {
  crossFitAlignment,
  fitAlignment,
  halfOf,
  hasBegun,
  layerAt,
  PLAIN,
  stepsToGo,
  thoughtReaching,
  thoughtsAStep,
  thoughtsNeeded,
  type Alignment,
  type AlignmentEvidence,
} from '../../src/claim/alignment.js';
import type { TurnedBySwap } from '../../src/claim/swapped-answers.js';
import { createRandom } from '../../src/random.js';

/** How many thoughts a model has that is asked for targets this deep. */
const K = 8;

/** Alignments that a first thought can have without holding the answer. */
const ALIGNMENTS: readonly Alignment[] = [
  PLAIN,
  { ...PLAIN, offset: 1 },
  { ...PLAIN, offset: -1 },
  { ...PLAIN, offset: -2 },
  { ...PLAIN, offset: -3 },
  { ...PLAIN, stride: 2 },
  { ...PLAIN, stride: 2, offset: -1 },
  { ...PLAIN, stride: 3, offset: -1 },
  { ...PLAIN, lastSteps: 1 },
  { ...PLAIN, lastSteps: 2 },
  { ...PLAIN, stride: 2, lastSteps: 1 },
];

/** Whose hops take two thoughts each. */
const SLOW: readonly Alignment[] = [
  { ...PLAIN, stride: 0.5 },
  { ...PLAIN, stride: 0.5, offset: 0.5 },
];

/** What patching thought t of a swap at some depth does, and a search that is stalled at thought t and has some thoughts left. */
interface Model {
  readonly turns: (t: number, swap: number, target: number) => number;
  readonly kept: (t: number, left: number, target: number) => number;
}

/** A search that keeps its root: a patched thought that has reached the swap finds the new target, where a coin would. */
const search = (alignment: Alignment): Model => ({
  turns: (t, swap) => (layerAt(alignment, t) >= swap ? 0.5 : 0),
  kept: (t, left, target) => {
    const { stride, offset, lastSteps } = alignment;
    const reached = Math.max(0, Math.floor(stride * t + offset + left * stride)) + lastSteps;
    return layerAt(alignment, t) >= target ? 0 : reached >= target ? 1 : 0.5;
  },
});

/** Graphs with targets at depths 3, 4 and 5, and swaps at all depths before. */
function observed(graphs: readonly string[], { turns, kept }: Model, thoughtsAHop = 1): AlignmentEvidence {
  const targets = graphs.map((_, i) => 3 + (i % 3));
  const k = thoughtsAHop * K;
  const thoughts = (target: number): number[] =>
    Array.from({ length: Math.min(k, thoughtsAHop * target + 2) }, (_, i) => i + 1);
  return {
    turned: graphs.map((graph, i): TurnedBySwap => {
      const target = targets[i];
      const swaps = [1, 2, 3].filter((depth) => depth < target);
      const changes = (depth: number): number[] => thoughts(target).map((t) => turns(t, depth, target));
      return { graph, swaps: swaps.map((depth) => ({ depth, target, found: [], changes: changes(depth) })) };
    }),
    kept: graphs.map((graph, i) => {
      const depth = targets[i];
      const lefts = (t: number): number[] => [0, 1, 2, 3].filter((left) => t + left <= k);
      const found = thoughts(depth).map((t) => lefts(t).map((left) => kept(t, left, depth)));
      return { graph, depth, stalled: found, atOnce: found };
    }),
  };
}

const names = (n: number): string[] => Array.from({ length: n }, (_, i) => `graph ${i}`);

describe('layers and thoughts', () => {
  const depths = [0, 1, 2, 3, 4, 5, 6, 7];

  it.each(ALIGNMENTS)('belong together by counting: stride $stride, offset $offset', (alignment) => {
    for (const depth of depths) {
      const first = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].find((t) => layerAt(alignment, t) >= depth);
      // The root is there from the first thought on, whenever the search begins.
      if (depth > 0) expect(thoughtReaching(alignment, depth)).toBe(first);
      // Before a search has begun, thoughts hold the root, and no number of steps is said of them.
      for (const t of [1, 2, 3, 4].filter((thought) => hasBegun(alignment, thought))) {
        const more = [0, 1, 2, 3, 4, 5, 6, 7, 8].find((j) => layerAt(alignment, t + j) >= depth);
        expect(Math.max(0, stepsToGo(alignment, t, depth))).toBe(more);
        if (layerAt(alignment, t) >= depth) expect(stepsToGo(alignment, t, depth)).toBeLessThanOrEqual(0);
        const enough = [0, 1, 2, 3, 4, 5, 6, 7, 8].find(
          (j) => layerAt(alignment, t) + alignment.stride * j + alignment.lastSteps >= depth,
        );
        expect(thoughtsNeeded(alignment, t, depth)).toBe(enough);
      }
    }
  });
});

describe('idle thoughts', () => {
  const idle = { ...PLAIN, offset: -3 };

  it('hold the root, not less, until the search has begun', () => {
    expect([1, 2, 3, 4, 5].map((t) => layerAt(idle, t))).toEqual([0, 0, 0, 1, 2]);
    // Thought 3 is the last to hold the root alone, and the first that the next one expands.
    expect([1, 2, 3, 4, 5].map((t) => hasBegun(idle, t))).toEqual([false, false, true, true, true]);
    expect(thoughtReaching(idle, 2)).toBe(5);
    expect(hasBegun(PLAIN, 1)).toBe(true);
  });

  it('are told from a search that has begun and is as far', () => {
    expect(fitAlignment(observed(names(40), search({ ...PLAIN, offset: -1 })))).toEqual({ ...PLAIN, offset: -1 });
    expect(fitAlignment(observed(names(40), search(idle)))).toEqual(idle);
  });
});

describe('steps of the answering pass', () => {
  it('need no thought, and are as many as there are', () => {
    // Thought 1 is at layer 1 of 4: three steps, of which the pass takes 0, 1 or 2.
    expect([0, 1, 2].map((lastSteps) => thoughtsNeeded({ ...PLAIN, lastSteps }, 1, 4))).toEqual([3, 2, 1]);
    expect([0, 1, 2].map((lastSteps) => thoughtsNeeded({ ...PLAIN, lastSteps }, 3, 4))).toEqual([1, 0, 0]);
    // Two hops a thought: from layer 2 to layer 6 - 1 are three hops, which take two thoughts.
    expect(thoughtsNeeded({ ...PLAIN, stride: 2, lastSteps: 1 }, 1, 6)).toBe(2);
    // Half a hop: two thoughts a step.
    expect(thoughtsNeeded({ ...PLAIN, stride: 0.5, lastSteps: 1 }, 2, 4)).toBe(4);
  });
});

describe('a hop of two thoughts', () => {
  it('has come as far as every second thought', () => {
    const layers = (alignment: Alignment): number[] => [1, 2, 3, 4, 5, 6].map((t) => layerAt(alignment, t));
    expect(layers(SLOW[0])).toEqual([0, 1, 1, 2, 2, 3]);
    expect(layers(SLOW[1])).toEqual([1, 1, 2, 2, 3, 3]);
    expect(SLOW.map((alignment) => thoughtReaching(alignment, 2))).toEqual([4, 3]);
  });

  it('asks for two thoughts a step, in whichever half of a hop a thought is', () => {
    for (const alignment of SLOW) {
      expect(thoughtsAStep(alignment)).toBe(2);
      expect([2, 3].map((t) => stepsToGo(alignment, t, 3))).toEqual([2, 3].map((t) => 3 - layerAt(alignment, t)));
      expect(thoughtsNeeded(alignment, 3, 4)).toBe(2 * (4 - layerAt(alignment, 3)));
    }
    expect(ALIGNMENTS.map(thoughtsAStep)).toEqual(ALIGNMENTS.map(() => 1));
  });
});

describe('fitAlignment', () => {
  it.each(ALIGNMENTS)('finds a search of stride $stride, offset $offset, $lastSteps last steps', (alignment) => {
    expect(fitAlignment(observed(names(40), search(alignment)))).toEqual(alignment);
  });

  it.each(SLOW)('finds a search of stride $stride, offset $offset', (alignment) => {
    expect(fitAlignment(observed(names(40), search(alignment), 2))).toEqual(alignment);
  });

  it.each(ALIGNMENTS)(
    'finds it where answers err: stride $stride, offset $offset, $lastSteps last steps',
    (alignment) => {
      const random = createRandom(`noise ${alignment.stride} ${alignment.offset} ${alignment.lastSteps}`);
      const { turns, kept } = search(alignment);
      const noisy: Model = {
        turns: (t, swap, target) => turns(t, swap, target) + 0.15 * random.normal(),
        kept: (...cell) => {
          const share = random.uniform() < 0.15 ? 0.5 : kept(...cell);
          return Number(random.uniform() < share);
        },
      };
      expect(fitAlignment(observed(names(60), noisy))).toEqual(alignment);
    },
  );

  it('finds one that forgets, whose answers turn from sure to sure', () => {
    const ahead = { stride: 1, offset: 1, lastSteps: 0 };
    const { kept } = search(ahead);
    const forgets: Model = { turns: (t, swap) => Number(layerAt(ahead, t) >= swap), kept };
    expect(fitAlignment(observed(names(40), forgets))).toEqual(ahead);
  });

  it.each(['stalled', 'atOnce'] as const)('finds it by the one way in which a model answers: %s', (way) => {
    const ahead = { ...PLAIN, lastSteps: 1 };
    const { turned, kept } = observed(names(40), search(ahead));
    const guesses = kept.map(({ stalled, ...one }) => {
      const coin = stalled.map((after) => after.map(() => 0.5));
      return { ...one, stalled: coin, atOnce: coin, [way]: stalled };
    });
    expect(fitAlignment({ turned, kept: guesses })).toEqual(ahead);
  });

  it('stays with one hop a thought where nothing tells another', () => {
    expect(fitAlignment(observed(names(40), { turns: () => 0, kept: () => 1 }))).toEqual(PLAIN);
    const random = createRandom('nothing');
    expect(fitAlignment(observed(names(40), { turns: () => 0.1 * random.normal(), kept: () => 1 }))).toEqual(PLAIN);
  });

  it('leaves an answer that every thought carries with a thought to go', () => {
    const carried = fitAlignment(observed(names(40), { turns: () => 1, kept: () => 0 }));
    expect(carried).toBeDefined();
    if (carried === undefined) return;
    // Then the first thought is tested at every target: three steps away at least.
    for (const target of [3, 4, 5]) expect(stepsToGo(carried, 1, target)).toBeGreaterThanOrEqual(1);
  });

  it('says nothing from fewer than ten questions, swaps or others', () => {
    const { turned, kept } = observed(names(30), search(PLAIN));
    const swaps = (n: number): TurnedBySwap[] => {
      let left = n;
      return turned.map((one) => {
        const own = one.swaps.slice(0, left);
        left -= own.length;
        return { ...one, swaps: own };
      });
    };
    expect(fitAlignment({ turned: swaps(9), kept: [] })).toBeUndefined();
    expect(fitAlignment({ turned: swaps(4), kept: kept.slice(0, 5) })).toBeUndefined();
    expect(fitAlignment({ turned: swaps(10), kept: [] })).toEqual(PLAIN);
    expect(fitAlignment({ turned: [], kept: [] })).toBeUndefined();
  });

  it('needs no swaps: small graphs have few, and what the answering pass adds shows without them', () => {
    const { kept } = observed(names(20), search({ ...PLAIN, lastSteps: 1 }));
    expect(fitAlignment({ turned: [], kept })).toEqual({ ...PLAIN, lastSteps: 1 });
  });
});

describe('crossFitAlignment', () => {
  const all = names(120);
  const halves = ([0, 1] as const).map((half) => all.filter((graph) => halfOf(graph) === half));
  const ahead = { stride: 1, offset: 1, lastSteps: 0 };
  const together = (one: AlignmentEvidence, other: AlignmentEvidence): AlignmentEvidence => ({
    turned: [...one.turned, ...other.turned],
    kept: [...one.kept, ...other.kept],
  });

  it('has about as many graphs in each half, by their names alone', () => {
    expect(Math.min(...halves.map(({ length }) => length))).toBeGreaterThan(40);
    expect([...all].reverse().map(halfOf)).toEqual(all.map(halfOf).reverse());
  });

  it('judges each graph by what the other half shows', () => {
    const fits = crossFitAlignment(together(observed(halves[0], search(PLAIN)), observed(halves[1], search(ahead))));
    for (const graph of halves[0]) expect(fits.of(graph)).toEqual(ahead);
    for (const graph of halves[1]) expect(fits.of(graph)).toEqual(PLAIN);
    // Which halves do not agree on.
    expect(fits.agreed).toBeUndefined();
  });

  it('does not let a graph choose its own alignment, whatever it shows', () => {
    const [graph] = halves[0];
    const others = observed(halves[1], search(PLAIN));
    const own = (model: Model): Alignment => crossFitAlignment(together(observed(halves[0], model), others)).of(graph);
    expect(own(search(PLAIN))).toEqual(PLAIN);
    for (const alignment of ALIGNMENTS) expect(own(search(alignment))).toEqual(PLAIN);
    expect(own({ turns: () => 1, kept: () => 0 })).toEqual(PLAIN);
  });

  it('agrees where both halves find the same', () => {
    for (const alignment of ALIGNMENTS)
      expect(crossFitAlignment(observed(all, search(alignment))).agreed).toEqual(alignment);
  });

  it('judges plainly by a half that has too few questions, and agrees on nothing', () => {
    const fits = crossFitAlignment(observed(halves[1], search(ahead)));
    expect(fits.of(halves[0][0])).toEqual(ahead);
    expect(fits.of(halves[1][0])).toEqual(PLAIN);
    expect(fits.agreed).toBeUndefined();
    const none = crossFitAlignment({ turned: [], kept: [] });
    expect([none.of('any'), none.agreed]).toEqual([PLAIN, undefined]);
  });
});
