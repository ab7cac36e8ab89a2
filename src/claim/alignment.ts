import { createRandom } from '../random.js';
import type { Scrubbed } from './scrubbed-answers.js';
import type { TurnedBySwap } from './swapped-answers.js';

/** How far a search is at each thought: thought t holds what lies within stride x t + offset edges of the root, rounded down. */
export interface Alignment {
  /** Hops a thought; one half where a hop takes two thoughts. */
  readonly stride: number;
  /** Layers ahead of that: 0 for a search whose first thought holds the root's children. */
  readonly offset: number;
  /** Steps that the pass which answers takes itself. */
  readonly lastSteps: number;
}

/** A search that takes one hop a thought and starts with the first, and whose answer is read off the last. */
export const PLAIN: Alignment = { stride: 1, offset: 0, lastSteps: 0 };

/** What alignments differ in. */
const RESPECTS = ['stride', 'offset', 'lastSteps'] as const;

/** Further than this no first thought is taken to have come: where targets are three steps away, that would be the answer itself. */
const FARTHEST_START = 2;

/** Every alignment that is tried. With an offset below 0, the first thoughts are behind, or have not begun. */
const ALIGNMENTS: readonly Alignment[] = [
  ...[0, 1, -1, -2, -3].map((offset) => ({ stride: 1, offset })),
  ...[0, -1].map((offset) => ({ stride: 2, offset })),
  { stride: 3, offset: -1 },
  ...[0, 0.5].map((offset) => ({ stride: 0.5, offset })),
]
  .flatMap((own) => [0, 1, 2].map((lastSteps) => ({ ...own, lastSteps })))
  .filter((alignment) => layerAt(alignment, 1) <= FARTHEST_START);

/** Fewer questions than this, swapped or with another search's thoughts, say nothing of an alignment. */
const LEAST_QUESTIONS = 10;

/** The layer that a thought has reached, from 0, the root's. */
export function layerAt({ stride, offset }: Pick<Alignment, 'stride' | 'offset'>, thought: number): number {
  return Math.max(0, Math.floor(stride * thought + offset));
}

/** Whether the search has begun by a thought: before, thoughts hold the root, and how many are needed is not known. */
export function hasBegun({ stride, offset }: Alignment, thought: number): boolean {
  return stride * thought + offset >= 0;
}

/** The first thought that has reached a layer. */
export function thoughtReaching({ stride, offset }: Alignment, layer: number): number {
  return Math.max(1, Math.ceil((layer - offset) / stride));
}

/** How many thoughts a step of the search takes: more than one where it takes less than a hop a thought. */
export function thoughtsAStep({ stride }: Alignment): number {
  return Math.max(1, 1 / stride);
}

/**
 * How many steps after thought t are still needed until a thought has reached a layer; 0 or less where none is.
 */
export function stepsToGo(alignment: Alignment, thought: number, layer: number): number {
  return Math.ceil((layer - layerAt(alignment, thought)) / Math.max(1, alignment.stride));
}

/** How many thoughts after thought t suffice for an answer at a layer, with what the answering pass does itself. */
export function thoughtsNeeded(alignment: Alignment, thought: number, layer: number): number {
  return Math.max(0, stepsToGo(alignment, thought, layer - alignment.lastSteps)) * thoughtsAStep(alignment);
}

/** What alignments are fitted to. */
export interface AlignmentEvidence {
  readonly turned: readonly TurnedBySwap[];
  readonly kept: readonly Pick<Scrubbed, 'graph' | 'depth' | 'stalled' | 'atOnce'>[];
}

/**
 * The alignment that explains best what patched thoughts do. One of a swapped question changes the answer, by some amount, if it
 * has reached the swapped depth, and not before (normal, a variance for each). A donor's search finds the target in some share
 * of items if it is left enough thoughts, in another if too few, in others once it has the donor's target in reach
 * (binomial, for each way of asking). The Bayesian information criterion pays for each respect in which an alignment is not
 * {@link PLAIN}.
 *
 * @returns undefined from fewer than 10 questions
 */
export function fitAlignment({ turned, kept }: AlignmentEvidence): Alignment | undefined {
  const questions = turned.reduce((sum, { swaps }) => sum + swaps.length, kept.length);
  if (questions < LEAST_QUESTIONS) return undefined;
  // Cells of one kind are on the same side under every alignment: sums over kinds are all that fits need.
  const swapped = new Map<string, SwapCells>();
  const stalled = new Map<string, StallCells>();
  for (const { swaps } of turned)
    for (const { depth, target, changes } of swaps)
      changes.forEach((change, i) => {
        const kind = { t: i + 1, depth, target };
        pool(cellsOf(swapped, `${kind.t} ${depth} ${target}`, kind), {
          count: 1,
          sum: change,
          squares: change * change,
        });
      });
  for (const { depth: target, ...found } of kept)
    for (const way of ['stalled', 'atOnce'] as const)
      found[way].forEach((after, i) =>
        after.forEach((right, left) => {
          const kind = { way, t: i + 1, left, target };
          const own = cellsOf(stalled, `${way} ${kind.t} ${left} ${target}`, kind);
          pool(own, { count: 1, sum: right, squares: right * right });
        }),
      );
  const count = [...swapped.values(), ...stalled.values()].reduce((sum, own) => sum + own.count, 0);
  const costs = ALIGNMENTS.map(
    (alignment) =>
      costOfSwaps(alignment, [...swapped.values()]) +
      costOfStalls(alignment, [...stalled.values()]) +
      RESPECTS.filter((of) => alignment[of] !== PLAIN[of]).length * Math.log(count),
  );
  return ALIGNMENTS[costs.indexOf(Math.min(...costs))];
}

/** -2 ln of the likelihood of what swaps did, up to what is the same for all alignments. */
function costOfSwaps(alignment: Alignment, kinds: readonly SwapCells[]): number {
  // What must not change, and what may by an amount of its own.
  const [still, past, found] = [noCells(), noCells(), noCells()];
  for (const own of kinds) {
    const layer = layerAt(alignment, own.t);
    pool(layer >= own.target ? found : layer >= own.depth ? past : still, own);
  }
  const cost = (count: number, squares: number): number =>
    // A perfect fit has no logarithm; a thousandth of an answer is far below what any fit differs by.
    count === 0 ? 0 : count * Math.log(squares / count + 1e-3);
  return cost(still.count, still.squares) + cost(past.count, deviation(past)) + cost(found.count, deviation(found));
}

/** -2 ln of the likelihood of what donors' searches found. */
function costOfStalls(alignment: Alignment, kinds: readonly StallCells[]): number {
  const step = thoughtsAStep(alignment);
  const sides = new Map<string, Changes>();
  for (const own of kinds) {
    const needed = thoughtsNeeded(alignment, own.t, own.target);
    const side = !hasBegun(alignment, own.t)
      ? 'not begun'
      : layerAt(alignment, own.t) >= own.target
        ? `in reach, ${own.left === 0}`
        : own.left >= needed
          ? 'enough'
          : own.left <= needed - step
            ? 'too few'
            : 'between two steps';
    pool(cellsOf(sides, `${own.way} ${side}`, {}), own);
  }
  return [...sides.values()].reduce((sum, own) => sum + binomialCost(own), 0);
}

/** -2 ln of the likelihood of shares at their mean. */
function binomialCost({ count, sum }: Changes): number {
  const term = (part: number): number => (part <= 0 ? 0 : part * Math.log(part / count));
  return -2 * (term(sum) + term(count - sum));
}

/** The cells of one kind, none at first. */
function cellsOf<K extends object>(all: Map<string, K & Changes>, name: string, kind: K): K & Changes {
  const known = all.get(name);
  if (known !== undefined) return known;
  const made = { ...kind, ...noCells() };
  all.set(name, made);
  return made;
}

/** How much answers changed: sums over patched thoughts. */
interface Changes {
  count: number;
  sum: number;
  squares: number;
}

/** Those of one thought, one target and one swapped depth. */
interface SwapCells extends Changes {
  readonly t: number;
  readonly depth: number;
  readonly target: number;
}

/** Those of one way of asking, one thought, one target and one number of thoughts that are left. */
interface StallCells extends Changes {
  readonly way: 'stalled' | 'atOnce';
  readonly t: number;
  readonly left: number;
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
  const isAgreed = one !== undefined && other !== undefined && isSameAlignment(one, other);
  return { of: (graph) => fits[halves.get(graph) ?? halfOf(graph)] ?? PLAIN, agreed: isAgreed ? one : undefined };
}

/** Whether two are the same in all respects. */
export function isSameAlignment(one: Alignment, other: Alignment): boolean {
  return RESPECTS.every((of) => one[of] === other[of]);
}

/** Which half a graph is in: by its name, so that other items change nothing. */
export function halfOf(graph: string): 0 | 1 {
  return createRandom(`half of ${graph}`).integer(2) === 0 ? 0 : 1;
}
