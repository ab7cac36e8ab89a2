import { describe, expect, it } from 'vitest';
import {
  crossFitAlignment,
  fitAlignment,
  halfOf,
  layerAt,
  PLAIN,
  thoughtReaching,
  thoughtsToGo,
  type Alignment,
  type AlignmentEvidence,
  type KeptByScrubbing,
  type TurnedBySwap,
} from '../../src/claim/alignment.js';
import { createRandom } from '../../src/random.js';

/** How many thoughts a model has that is asked for targets this deep. */
const K = 6;

/** Alignments that a first thought can have without holding the answer. */
const ALIGNMENTS: readonly Alignment[] = [
  { stride: 1, offset: 0 },
  { stride: 1, offset: 1 },
  { stride: 1, offset: -1 },
  { stride: 2, offset: 0 },
  { stride: 2, offset: -1 },
  { stride: 3, offset: -1 },
];

/** What patching thought t of a swap at some depth does, and one of a question with the same layers. */
interface Model {
  readonly turns: (t: number, swap: number, target: number) => number;
  readonly kept: (t: number, target: number) => number;
}

/** A search that keeps its root: a patched thought that has reached the swap leaves a tie. */
const search = (alignment: Alignment): Model => ({
  turns: (t, swap, target) => (layerAt(alignment, t) >= target ? 1 : layerAt(alignment, t) >= swap ? 0.5 : 0),
  kept: (t, target) => (layerAt(alignment, t) >= target ? 0 : 1),
});

/** Graphs with targets at depths 3, 4 and 5, and swaps at all depths before. */
function observed(graphs: readonly string[], { turns, kept }: Model): AlignmentEvidence {
  const targets = graphs.map((_, i) => 3 + (i % 3));
  const thoughts = (target: number): number[] => Array.from({ length: Math.min(K, target) }, (_, i) => i + 1);
  return {
    turned: graphs.map((graph, i): TurnedBySwap => {
      const target = targets[i];
      const swaps = [1, 2, 3].filter((depth) => depth < target);
      return {
        graph,
        target,
        swaps: swaps.map((depth) => ({ depth, turns: thoughts(target).map((t) => turns(t, depth, target)) })),
      };
    }),
    kept: graphs.map((graph, i): KeptByScrubbing => {
      const depth = targets[i];
      return { graph, depth, found: thoughts(depth).map((t) => kept(t, depth)) };
    }),
  };
}

const names = (n: number): string[] => Array.from({ length: n }, (_, i) => `graph ${i}`);

describe('layers and thoughts', () => {
  const depths = [0, 1, 2, 3, 4, 5, 6, 7];

  it.each(ALIGNMENTS)('belong together by counting: stride $stride, offset $offset', (alignment) => {
    for (const depth of depths) {
      const first = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((t) => layerAt(alignment, t) >= depth);
      expect(thoughtReaching(alignment, depth)).toBe(first);
      for (const t of [1, 2, 3]) {
        const more = [0, 1, 2, 3, 4, 5, 6, 7, 8].find((j) => layerAt(alignment, t + j) >= depth);
        expect(Math.max(0, thoughtsToGo(alignment, t, depth))).toBe(more);
        if (layerAt(alignment, t) >= depth) expect(thoughtsToGo(alignment, t, depth)).toBeLessThanOrEqual(0);
      }
    }
  });
});

describe('fitAlignment', () => {
  it.each(ALIGNMENTS)('finds a search of stride $stride, offset $offset', (alignment) => {
    expect(fitAlignment(observed(names(40), search(alignment)))).toEqual(alignment);
  });

  it.each(ALIGNMENTS)('finds it where answers err: stride $stride, offset $offset', (alignment) => {
    const random = createRandom(`noise ${alignment.stride} ${alignment.offset}`);
    const { turns, kept } = search(alignment);
    const noisy: Model = {
      turns: (t, swap, target) => turns(t, swap, target) + 0.15 * random.normal(),
      kept: (t, target) => (random.uniform() < 0.15 ? 0.5 : kept(t, target)),
    };
    expect(fitAlignment(observed(names(60), noisy))).toEqual(alignment);
  });

  it('finds one that forgets, whose answers turn from sure to sure', () => {
    const ahead = { stride: 1, offset: 1 };
    const { kept } = search(ahead);
    const forgets: Model = { turns: (t, swap) => Number(layerAt(ahead, t) >= swap), kept };
    expect(fitAlignment(observed(names(40), forgets))).toEqual(ahead);
  });

  it('stays with one hop a thought where nothing tells another', () => {
    expect(fitAlignment(observed(names(40), { turns: () => 0, kept: () => 1 }))).toEqual(PLAIN);
    const random = createRandom('nothing');
    expect(fitAlignment(observed(names(40), { turns: () => 0.1 * random.normal(), kept: () => 1 }))).toEqual(PLAIN);
  });

  it('leaves an answer that every thought carries with a thought to go, as far as it may be taken to have come', () => {
    const carried = fitAlignment(observed(names(40), { turns: () => 1, kept: () => 0 }));
    expect(carried).toBeDefined();
    if (carried === undefined) return;
    // Then the first thought is tested at every target: three steps away at least.
    for (const target of [3, 4, 5]) expect(thoughtsToGo(carried, 1, target)).toBeGreaterThanOrEqual(1);
    expect(layerAt(carried, 1)).toBe(2);
  });

  it('says nothing from fewer than ten swaps', () => {
    const { turned, kept } = observed(names(30), search(PLAIN));
    const swaps = (n: number): TurnedBySwap[] => {
      let left = n;
      return turned.map((one) => {
        const own = one.swaps.slice(0, left);
        left -= own.length;
        return { ...one, swaps: own };
      });
    };
    expect(fitAlignment({ turned: swaps(9), kept })).toBeUndefined();
    expect(fitAlignment({ turned: swaps(10), kept })).toEqual(PLAIN);
    expect(fitAlignment({ turned: [], kept: [] })).toBeUndefined();
  });

  it('does not look at thoughts after the target is reached by the plainest of searches', () => {
    const { turned, kept } = observed(names(40), search(PLAIN));
    const later = turned.map((one) => ({
      ...one,
      swaps: one.swaps.map(({ depth, turns }) => ({ depth, turns: [...turns, -1, 7, 0.3] })),
    }));
    expect(fitAlignment({ turned: later, kept })).toEqual(PLAIN);
  });
});

describe('crossFitAlignment', () => {
  const all = names(120);
  const halves = ([0, 1] as const).map((half) => all.filter((graph) => halfOf(graph) === half));
  const ahead = { stride: 1, offset: 1 };
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

  it('judges plainly by a half that has too few swaps, and agrees on nothing', () => {
    const fits = crossFitAlignment(observed(halves[1], search(ahead)));
    expect(fits.of(halves[0][0])).toEqual(ahead);
    expect(fits.of(halves[1][0])).toEqual(PLAIN);
    expect(fits.agreed).toBeUndefined();
    const none = crossFitAlignment({ turned: [], kept: [] });
    expect([none.of('any'), none.agreed]).toEqual([PLAIN, undefined]);
  });
});
