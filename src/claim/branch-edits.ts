import { nodesWhere, type ItemSearch } from '../dataset/index.js';
import { UNREACHED } from '../graph/index.js';
import {
  addDirection,
  headRow,
  isCorrect,
  orthonormalBasis,
  preference,
  readAnswers,
  removeDirections,
  unitDirection,
  type Basis,
} from '../intervention/index.js';
import type { HostTensor } from '../tensor/index.js';
import type { Batch } from './batch.js';

/** Thoughts that are edited: later ones have the target in reach in too many items. */
const STEPS = [1, 2] as const;

/** What an edit of one thought does to an item's answer: the fall of T, and that of the reference edit. */
export interface BranchEdit {
  readonly kind: 'added' | 'removed';
  readonly thought: number;
  readonly fall: number;
  readonly reference: number;
}

/** The nodes whose directions an edit adds or removes, and those of its reference, as many. */
interface Plan {
  readonly nodes: readonly number[];
  readonly reference: readonly number[];
}

/**
 * Edits of single branches in thoughts 1 and 2 of items that are answered correctly, along the LM head's rows of the nodes
 * (the `embedding` basis of `branchDirections`).
 *
 * - `added`: a node that the root does not reach, as far from the decoy as the target is still away, so that both are found at
 *   once; the thought gets as much of it as it has of an optimal frontier node. Reference: the same with a node that leads to
 *   neither candidate.
 * - `removed`: all nodes reached so far that lead to the target. Reference: as many nodes that do not, reached ones first.
 *
 * @returns by row
 */
export async function branchEdits(batch: Batch): Promise<readonly (readonly BranchEdit[])[]> {
  const found: BranchEdit[][] = batch.items.map(() => []);
  for (const thought of STEPS) {
    if (thought > batch.thoughts) continue;
    await editAt(batch, 'added', thought, found);
    await editAt(batch, 'removed', thought, found);
  }
  return found;
}

async function editAt(batch: Batch, kind: BranchEdit['kind'], thought: number, found: BranchEdit[][]): Promise<void> {
  const own = await batch.answers();
  const plans = batch.searches.map((search, row) =>
    isCorrect(own[row]) === 1 && thought < search.depth
      ? (kind === 'added' ? planAddition : planRemoval)(batch, search, row, thought)
      : undefined,
  );
  const rows = [...plans.keys()].filter((row) => plans[row] !== undefined);
  if (rows.length === 0) return;
  const all = (await batch.run()).rows(rows);
  const items = rows.map((row) => batch.items[row]);
  const at = thoughtAt(all.thoughts, thought);
  const fallWith = async (which: keyof Plan): Promise<number[]> => {
    const nodes = rows.map((row) => plans[row]?.[which] ?? []);
    const edited = kind === 'added' ? added(batch, rows, at, nodes, thought) : removed(batch, rows, at, nodes);
    const run = await all.rethink({
      from: thought,
      thoughts: batch.thoughts,
      replaceThought: ({ index }) => (index === thought ? edited : undefined),
    });
    const answers = await readAnswers(run, batch.thoughts, items, batch.wording);
    return answers.map((answer, i) => preference(own[rows[i]]) - preference(answer));
  };
  const [fall, reference] = [await fallWith('nodes'), await fallWith('reference')];
  rows.forEach((row, i) => found[row].push({ kind, thought, fall: fall[i], reference: reference[i] }));
}

function planAddition(batch: Batch, search: ItemSearch, row: number, thought: number): Plan | undefined {
  const random = batch.randomOf(`added branch ${thought}`, row);
  const { toDecoy, toTarget, item } = search;
  const never = random.shuffle(search.neverReached());
  // Later it would come too late: nothing looks on once the target is found.
  const leading = never.find((node) => toDecoy[node] >= 1 && toDecoy[node] + thought === search.depth);
  const neutral = never.find(
    (node) => toDecoy[node] === UNREACHED && toTarget[node] === UNREACHED && !item.candidates.includes(node),
  );
  return leading === undefined || neutral === undefined ? undefined : { nodes: [leading], reference: [neutral] };
}

function planRemoval(batch: Batch, search: ItemSearch, row: number, thought: number): Plan | undefined {
  const random = batch.randomOf(`removed branch ${thought}`, row);
  const { depths, toTarget, toDecoy, item } = search;
  const held = (depth: number): boolean => depth !== UNREACHED && depth <= thought;
  const nodes = nodesWhere(depths, (depth, node) => held(depth) && toTarget[node] !== UNREACHED);
  const astray = nodesWhere(depths, (depth, node) => held(depth) && toTarget[node] === UNREACHED);
  const foreign = search
    .neverReached()
    .filter((node) => toDecoy[node] === UNREACHED && toTarget[node] === UNREACHED && !item.candidates.includes(node));
  const reference = [...random.shuffle(astray), ...random.shuffle(foreign)].slice(0, nodes.length);
  // Without a held node among them the reference would remove nothing.
  return astray.length === 0 || reference.length < nodes.length ? undefined : { nodes, reference };
}

/** Thought t, [batch, d] of [batch, k, d]. */
function thoughtAt({ data, shape: [batch, k, d] }: HostTensor, thought: number): HostTensor {
  const one = new Float32Array(batch * d);
  for (let row = 0; row < batch; row++) {
    const start = (row * k + thought - 1) * d;
    one.set(data.subarray(start, start + d), row * d);
  }
  return { data: one, shape: [batch, d], dtype: 'float32' };
}

function directionOf(batch: Batch, row: number, node: number): Float64Array {
  return unitDirection(headRow(batch.model, batch.wording.nodeToken(batch.items[row], node)));
}

function added(
  batch: Batch,
  rows: readonly number[],
  thoughts: HostTensor,
  nodes: readonly (readonly number[])[],
  thought: number,
): HostTensor {
  const directions = rows.map((row, i) => directionOf(batch, row, nodes[i][0]));
  const amplitudes = rows.map((row, i) => {
    const d = thoughts.shape[1];
    const held = thoughts.data.subarray(i * d, (i + 1) * d);
    const along = (direction: Float64Array): number => direction.reduce((sum, x, j) => sum + x * held[j], 0);
    const { depths, toTarget, depth } = batch.searches[row];
    const optimal = nodesWhere(depths, (own, node) => own === thought && toTarget[node] === depth - thought);
    const level = optimal.reduce((sum, node) => sum + along(directionOf(batch, row, node)), 0) / optimal.length;
    return level - along(directions[i]);
  });
  return addDirection(thoughts, directions, amplitudes);
}

function removed(
  batch: Batch,
  rows: readonly number[],
  thoughts: HostTensor,
  nodes: readonly (readonly number[])[],
): HostTensor {
  const bases: Basis[] = rows.map((row, i) => orthonormalBasis(nodes[i].map((node) => directionOf(batch, row, node))));
  return removeDirections(thoughts, bases);
}
