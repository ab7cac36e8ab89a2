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
  // Cells of one kind are on the same side under every alignment: sums over kinds are all that fits need.
  const cells = new Map<string, Cells>();
  const add = (t: number, depth: number | undefined, target: number, change: number): void => {
    const key = `${t} ${depth} ${target}`;
    const own = cells.get(key) ?? { t, depth, target, count: 0, sum: 0, squares: 0 };
    own.count++;
    own.sum += change;
    own.squares += change * change;
    cells.set(key, own);
  };
  for (const { target, swaps } of turned)
    for (const { depth, turns } of swaps)
      for (let t = 1; t <= Math.min(target, turns.length); t++) add(t, depth, target, turns[t - 1]);
  for (const { depth: target, found } of kept)
    for (let t = 1; t <= Math.min(target, found.length); t++) add(t, undefined, target, 1 - found[t - 1]);
  const kinds = [...cells.values()];
  const count = kinds.reduce((sum, own) => sum + own.count, 0);
  const cost = (alignment: Alignment): number => {
    // What must not change, and what may by an amount of its own.
    let still = 0;
    const free = { past: noCells(), found: noCells(), foundScrubbed: noCells() };
    for (const own of kinds) {
      const { t, depth, target } = own;
      const layer = layerAt(alignment, t);
      const isFound = layer >= target;
      if (!isFound && (depth === undefined || layer < depth)) still += own.squares;
      else pool(isFound ? (depth === undefined ? free.foundScrubbed : free.found) : free.past, own);
    }
    const squares = still + Object.values(free).reduce((sum, own) => sum + deviation(own), 0);
    const choices = Number(alignment.stride !== PLAIN.stride) + Number(alignment.offset !== PLAIN.offset);
    // A perfect fit has no logarithm; a thousandth of an answer is far below what any fit differs by.
    return count * Math.log(squares / count + 1e-3) + choices * Math.log(count);
  };
  const costs = ALIGNMENTS.map(cost);
  return ALIGNMENTS[costs.indexOf(Math.min(...costs))];
}

/** How much answers changed: sums over patched thoughts. */
interface Changes {
  count: number;
  sum: number;
  squares: number;
}

/** Those of one thought and one target; of one swapped depth too, or of questions with the same layers. */
interface Cells extends Changes {
  readonly t: number;
  readonly depth: number | undefined;
  readonly target: number;
}

function noCells(): Changes {
  return { count: 0, sum: 0, squares: 0 };
}

function pool(into: Changes, { count, sum, squares }: Changes): void {
  into.count += count;
  into.sum += sum;
  into.squares += squares;
}

/** The sum of squared deviations from the mean; rounding must not bring it below 0. */
function deviation({ count, sum, squares }: Changes): number {
  return count === 0 ? 0 : Math.max(0, squares - (sum * sum) / count);
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
  const halves = new Map<string, 0 | 1>();
  for (const { graph } of [...turned, ...kept]) if (!halves.has(graph)) halves.set(graph, halfOf(graph));
  const fits = [0, 1].map((half) => {
    const isOther = ({ graph }: { readonly graph: string }): boolean => halves.get(graph) !== half;
    return fitAlignment({ turned: turned.filter(isOther), kept: kept.filter(isOther) });
  });
  const [one, other] = fits;
  const isAgreed = one?.stride === other?.stride && one?.offset === other?.offset;
  return { of: (graph) => fits[halves.get(graph) ?? halfOf(graph)] ?? PLAIN, agreed: isAgreed ? one : undefined };
}

/** Which half a graph is in: by its name, so that other items change nothing. */
export function halfOf(graph: string): 0 | 1 {
  return createRandom(`half of ${graph}`).integer(2) === 0 ? 0 : 1;
}
