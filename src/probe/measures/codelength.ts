import { LensError } from '../../errors.js';
import { createRandom } from '../../random.js';
import { classTask, type LinearTask } from '../cross-fit.js';
import { checkNodeLabels, nodeTask, type NodeTaskOptions } from '../cross-fit-nodes.js';
import { checkLength, type Design } from '../design.js';
import { distinctGroups } from '../folds.js';
import { checkClasses, checkPenalties } from '../fits/logistic.js';
import { solvePath, type Solution } from '../fits/solve-linear.js';
import { PreparedDesign } from '../prepared-design.js';

/** Shares of the graphs after which the code's model is fitted anew (Voita and Titov 2020, section 3.1, footnote). */
export const CODE_FRACTIONS: readonly number[] = [
  0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.0625, 0.125, 0.25, 0.5, 1,
];

/** Penalties of a code: the first blocks are coded by fits of a few rows, which need strong ones. */
export const CODE_PENALTIES: readonly number[] = [10_000, 1000, 100, 10, 1, 0.1, 0.01, 0.001];

/** One block of an online code. */
export interface CodeBlock {
  readonly graphs: number;
  /** Labels coded. */
  readonly labels: number;
  readonly bits: number;
  /** Of the fit that coded it; null where the uniform code did. */
  readonly penalty: number | null;
}

/** How many bits the labels take, given the rows. */
export interface Codelength {
  readonly bits: number;
  /** Of the code that knows the number of classes only. */
  readonly uniformBits: number;
  /** uniformBits / bits: 1 for labels that cannot be learnt, as many times fewer bits as it says for others. */
  readonly compression: number;
  readonly blocks: readonly CodeBlock[];
  /** Fits that did not converge. */
  readonly unconverged: number;
}

export interface CodelengthOptions {
  /** Of the order of the graphs. */
  readonly seed: number | string;
  /** Default {@link CODE_PENALTIES}. */
  readonly penalties?: readonly number[] | undefined;
  /** Default {@link CODE_FRACTIONS}. */
  readonly fractions?: readonly number[] | undefined;
}

/** Greatest norm of the gradient, and steps, of a code's fits. */
const FIT = { tolerance: 1e-5, maxIterations: 200 } as const;

/**
 * Minimum description length of labels by the online code (Voita and Titov, arXiv 2003.12298, section 3.1): graphs are
 * sent in a seeded order, block by block; the first by the uniform code, each next by a probe fitted on those before.
 *
 * The penalty of a block is the one that would have coded the blocks before it in the fewest bits: sender and receiver
 * both know it, so that the choice costs nothing and the code stays one. Blocks are coded uniformly for as long as not
 * every class has been sent.
 *
 * @param labels [design.rows], 0..classes-1
 * @param groups [design.rows], the graph of each row
 * @throws LensError as `crossFit`, or if there are fewer than two graphs
 */
export async function classCodelength(
  design: Design,
  labels: ArrayLike<number>,
  groups: ArrayLike<number>,
  classes: number,
  options: CodelengthOptions,
): Promise<Codelength> {
  checkClasses(labels, design.rows, classes);
  return codelength(design, groups, classTask(labels, classes), Math.log2(classes), options);
}

/**
 * {@link classCodelength} of node sets: one bit for every pair of a row and a node of its graph by the uniform code.
 *
 * @param labels [rows * nodes]: 1, 0, or -1 for a node that the row's graph does not have
 */
export async function nodeCodelength(
  thoughts: Design,
  labels: Int8Array,
  groups: ArrayLike<number>,
  { seed, penalties, fractions, ...task }: CodelengthOptions & Pick<NodeTaskOptions, 'nodes' | 'variant' | 'embedding'>,
): Promise<Codelength> {
  checkNodeLabels(labels, thoughts.rows, task.nodes);
  return codelength(thoughts, groups, nodeTask(labels, task), 1, { seed, penalties, fractions });
}

async function codelength(
  design: Design,
  groups: ArrayLike<number>,
  task: LinearTask,
  uniform: number,
  { seed, penalties = CODE_PENALTIES, fractions = CODE_FRACTIONS }: CodelengthOptions,
): Promise<Codelength> {
  checkLength('groups', groups.length, design.rows, 'probe');
  checkPenalties(penalties);
  const path = [...penalties].sort((a, b) => b - a);
  const sizes = blockSizes(groups, fractions);
  const prepared = await PreparedDesign.ofFolds(design, blockOfRows(groups, sizes, seed), sizes.length);
  try {
    const blocks: CodeBlock[] = [];
    const sofar = path.map(() => 0);
    let unconverged = 0;
    for (const [b, graphs] of sizes.entries()) {
      const seen = task.loss(prepared.rowsOf([...Array(b).keys()]));
      const labels = task.loss(prepared.rowsOf([b])).count;
      if (!seen.complete) {
        blocks.push({ graphs, labels, bits: labels * uniform, penalty: null });
        continue;
      }
      const options = { ...task, loss: seen, ...FIT };
      const solutions = await solvePath(prepared, [...Array(b).keys()], path, options);
      unconverged += solutions.filter(({ converged }) => !converged).length;
      // Of equal ones the strongest: the first block that a probe codes has nothing to choose by.
      const best = sofar.indexOf(Math.min(...sofar));
      const bits: number[] = [];
      for (const solution of solutions) bits.push(await bitsOf(prepared, task, solution, b));
      bits.forEach((own, p) => (sofar[p] += own));
      blocks.push({ graphs, labels, bits: bits[best], penalty: path[best] });
    }
    const bits = blocks.reduce((sum, block) => sum + block.bits, 0);
    const uniformBits = uniform * blocks.reduce((sum, block) => sum + block.labels, 0);
    return { bits, uniformBits, compression: uniformBits / bits, blocks, unconverged };
  } finally {
    await prepared.dispose();
  }
}

async function bitsOf(
  prepared: PreparedDesign,
  { outputs, ...task }: LinearTask,
  { weights, intercepts }: Solution,
  block: number,
): Promise<number> {
  const products = prepared.products([block]);
  const scores = products.allocate(outputs);
  await products.forward(weights, scores);
  const loss = task.loss(prepared.rowsOf([block]));
  return (loss.count * loss.evaluate(scores, intercepts, products.allocate(outputs))) / Math.LN2;
}

/** Graphs per block; where fractions are so small that blocks would be empty, there are fewer. */
function blockSizes(groups: ArrayLike<number>, fractions: readonly number[]): number[] {
  const graphs = distinctGroups(groups).length;
  if (graphs < 2) throw new LensError('codelength', `a single graph (${graphs})`, 'give two or more');
  const ends = [...new Set(fractions.map((fraction) => Math.max(1, Math.round(fraction * graphs))))];
  const rising = ends.every((end, i) => i === 0 || end > ends[i - 1]);
  if (!rising || ends[ends.length - 1] !== graphs)
    throw new LensError('fractions', `do not rise to 1 (${fractions.join(', ')})`, 'give ascending shares', 'usage');
  return ends.map((end, i) => end - (i === 0 ? 0 : ends[i - 1]));
}

/** [rows] The block of each row's graph, graphs in a seeded order. */
function blockOfRows(groups: ArrayLike<number>, sizes: readonly number[], seed: number | string): Int32Array {
  const order = createRandom(seed).fork('online code').shuffle(distinctGroups(groups));
  const blocks = sizes.flatMap((size, b) => Array<number>(size).fill(b));
  const blockOf = new Map(order.map((group, i) => [group, blocks[i]]));
  return Int32Array.from({ length: groups.length }, (_, row) => blockOf.get(groups[row]) ?? 0);
}
