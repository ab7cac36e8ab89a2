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

/**
 * The alignment that explains best which patched thoughts turn the answer: those that have reached the swapped depth do, by some
 * amount, and those that have not do not; what thoughts do that have the target in reach is left free. Least squares,
 * with the penalty of the Bayesian information criterion for each respect in which it is not {@link PLAIN}.
 *
 * @returns undefined from fewer than 10 swaps
 */
export function fitAlignment(observed: readonly TurnedBySwap[]): Alignment | undefined {
  const cells = observed.flatMap(({ target, swaps }) =>
    swaps.flatMap(({ depth, turns }) =>
      turns.slice(0, target).map((turned, i) => ({ t: i + 1, depth, target, turned })),
    ),
  );
  if (observed.reduce((sum, { swaps }) => sum + swaps.length, 0) < LEAST_SWAPS) return undefined;
  const cost = (alignment: Alignment): number => {
    const groups: [before: number[], past: number[], found: number[]] = [[], [], []];
    for (const { t, depth, target, turned } of cells) {
      const layer = layerAt(alignment, t);
      groups[layer >= target ? 2 : layer >= depth ? 1 : 0].push(turned);
    }
    const [before, ...free] = groups;
    const squares = before.reduce((sum, y) => sum + y * y, 0) + free.reduce((sum, ys) => sum + deviation(ys), 0);
    const choices = Number(alignment.stride !== PLAIN.stride) + Number(alignment.offset !== PLAIN.offset);
    // A perfect fit has no logarithm; a thousandth of an answer is far below what any fit differs by.
    return cells.length * Math.log(squares / cells.length + 1e-3) + choices * Math.log(cells.length);
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
export function crossFitAlignment(observed: readonly TurnedBySwap[]): CrossFittedAlignment {
  const fits = [0, 1].map((half) => fitAlignment(observed.filter(({ graph }) => halfOf(graph) !== half)));
  const [one, other] = fits;
  const isAgreed = one?.stride === other?.stride && one?.offset === other?.offset;
  return { of: (graph) => fits[halfOf(graph)] ?? PLAIN, agreed: isAgreed ? one : undefined };
}

/** Which half a graph is in: by its name, so that other items change nothing. */
export function halfOf(graph: string): 0 | 1 {
  return createRandom(`half of ${graph}`).integer(2) === 0 ? 0 : 1;
}
