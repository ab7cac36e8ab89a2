import { createRandom } from '../random.js';

/** How far a search is at each thought: thought t holds what lies within stride x t + offset edges of the root. */
export interface Alignment {
  /** Hops a thought. */
  readonly stride: number;
  /** Layers ahead of that: 0 for a search whose first thought holds the root's children. */
  readonly offset: number;
}

/** A search that takes one hop a thought and starts with the first. */
export const PLAIN: Alignment = { stride: 1, offset: 0 };

/** Further than this no first thought is taken to have come: where targets are three steps away, that would be the answer itself. */
const FARTHEST_START = 2;

/** Every alignment that is tried. With an offset below 0, the first thought is a step behind. */
const ALIGNMENTS: readonly Alignment[] = [1, 2, 3].flatMap((stride) =>
  [0, 1, -1]
    .map((offset) => ({ stride, offset }))
    .filter((alignment) => layerAt(alignment, 1) >= 0 && layerAt(alignment, 1) <= FARTHEST_START),
);

/** Fewer swaps than this say nothing of an alignment. */
const LEAST_SWAPS = 10;

/** The layer that a thought has reached, from 0, the root's. */
export function layerAt({ stride, offset }: Alignment, thought: number): number {
  return stride * thought + offset;
}

/** The first thought that has reached a layer. */
export function thoughtReaching({ stride, offset }: Alignment, layer: number): number {
  return Math.max(1, Math.ceil((layer - offset) / stride));
}

/** How many thoughts after thought t are still needed to reach a layer; 0 or less where none is. */
export function thoughtsToGo(alignment: Alignment, thought: number, layer: number): number {
  return Math.ceil((layer - layerAt(alignment, thought)) / alignment.stride);
}

/** What patching the thoughts of an edge swap did; see `Swapped`. */
export interface TurnedBySwap {
  readonly graph: string;
  /** Of the target. */
  readonly target: number;
  readonly swaps: readonly { readonly depth: number; readonly turns: readonly number[] }[];
}

/** What patching thoughts of a question with the same layers did; see `Scrubbed`. */
export interface KeptByScrubbing {
  readonly graph: string;
  /** Of the target. */
  readonly depth: number;
  /** [t - 1], t = 1 .. depth, or k. */
  readonly found: readonly number[];
}

/** What alignments are fitted to. */
export interface AlignmentEvidence {
  readonly turned: readonly TurnedBySwap[];
  readonly kept: readonly KeptByScrubbing[];
}

/**
 * The alignment that explains best which patched thoughts turn the answer. One of a swapped question does, by some amount,
 * if it has reached the swapped depth, and not before. One of a question with the same layers does not before it has
 * reached the target, which is another there. What thoughts do that have the target in reach is left free. Least
 * squares, with the penalty of the Bayesian information criterion for each respect in which it is not {@link PLAIN}.
 *
 * @returns undefined from fewer than 10 swaps
 */
export function fitAlignment({ turned, kept }: AlignmentEvidence): Alignment | undefined {
  if (turned.reduce((sum, { swaps }) => sum + swaps.length, 0) < LEAST_SWAPS) return undefined;
  const swaps = turned.flatMap(({ target, swaps: own }) =>
    own.flatMap(({ depth, turns }) => turns.slice(0, target).map((change, i) => ({ t: i + 1, depth, target, change }))),
  );
  const scrubs = kept.flatMap(({ depth, found }) =>
    found.slice(0, depth).map((share, i) => ({ t: i + 1, target: depth, change: 1 - share })),
  );
  const count = swaps.length + scrubs.length;
  const cost = (alignment: Alignment): number => {
    // What must not change, and what may by an amount of its own.
    const still: number[] = [];
    const free: Record<'past' | 'found' | 'foundScrubbed', number[]> = { past: [], found: [], foundScrubbed: [] };
    for (const { t, depth, target, change } of swaps) {
      const layer = layerAt(alignment, t);
      (layer >= target ? free.found : layer >= depth ? free.past : still).push(change);
    }
    for (const { t, target, change } of scrubs)
      (layerAt(alignment, t) >= target ? free.foundScrubbed : still).push(change);
    const squares =
      still.reduce((sum, y) => sum + y * y, 0) + Object.values(free).reduce((sum, ys) => sum + deviation(ys), 0);
    const choices = Number(alignment.stride !== PLAIN.stride) + Number(alignment.offset !== PLAIN.offset);
    // A perfect fit has no logarithm; a thousandth of an answer is far below what any fit differs by.
    return count * Math.log(squares / count + 1e-3) + choices * Math.log(count);
  };
  const costs = ALIGNMENTS.map(cost);
  return ALIGNMENTS[costs.indexOf(Math.min(...costs))];
}

/** The sum of squared deviations from the mean. */
function deviation(values: readonly number[]): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

/** Alignments of two halves of the graphs, each fitted on the other half, so that no graph is judged by its own fit. */
export interface CrossFittedAlignment {
  /** The alignment that a graph is judged by. */
  of(graph: string): Alignment;
  /** The alignment that both halves found; undefined where they differ or one found none. */
  readonly agreed: Alignment | undefined;
}

/** Fits both halves; a half without a fit is judged by {@link PLAIN}. */
export function crossFitAlignment({ turned, kept }: AlignmentEvidence): CrossFittedAlignment {
  const fits = [0, 1].map((half) => {
    const isOther = ({ graph }: { readonly graph: string }): boolean => halfOf(graph) !== half;
    return fitAlignment({ turned: turned.filter(isOther), kept: kept.filter(isOther) });
  });
  const [one, other] = fits;
  const isAgreed = one?.stride === other?.stride && one?.offset === other?.offset;
  return { of: (graph) => fits[halfOf(graph)] ?? PLAIN, agreed: isAgreed ? one : undefined };
}

/** Which half a graph is in: by its name, so that other items change nothing. */
export function halfOf(graph: string): 0 | 1 {
  return createRandom(`half of ${graph}`).integer(2) === 0 ? 0 : 1;
}
