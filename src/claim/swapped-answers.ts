import { askBetween, endPathsAt, itemSearch, swapEdges, type Item } from '../dataset/index.js';
import { UNREACHED } from '../graph/index.js';
import { isCorrect, preference, readAnswers } from '../intervention/index.js';
import type { Batch } from './batch.js';
import { patchEach } from './patched-answers.js';

/** Depths at which edges are swapped: deeper ones exist in too few items. */
const DEPTHS = [1, 2, 3] as const;

/** What one item answers when two of its edges are swapped, and when one thought of that is patched in. */
export interface Swapped {
  /** d: the swapped edges end at this depth; everything nearer to the root is as it was. */
  readonly depth: number;
  /** How deep the new target is, once the edges are swapped. */
  readonly target: number;
  /**
   * [t - 1], t = 1 .. `Batch.lastPatched`: whether the item itself names the new target rather than a node that neither
   * question reaches, when thought t of the swapped item is patched into it; a tie is one half.
   */
  readonly found: readonly number[];
  /** [t - 1], how far that changes T / 100, of the new target: from -1 to 1. */
  readonly changes: readonly number[];
}

/** What patching the thoughts of an item's edge swaps did. */
export interface TurnedBySwap {
  readonly graph: string;
  readonly swaps: readonly Swapped[];
}

/** An item and its swap, asked to choose between the new target and a node that neither reaches. */
interface SwapQuestion {
  /** Of the batch. */
  readonly row: number;
  readonly base: Item;
  readonly swapped: Item;
}

/**
 * By item, the swaps whose question the model answers correctly, of items that it answers correctly: only there does a flip
 * mean anything. The new target is at a depth that items ask about. It is set against a node that is out of reach in both
 * questions: an answer that is merely lost is then no more than a coin.
 */
export function turnedBySwaps(batch: Batch): Promise<readonly TurnedBySwap[]> {
  return batch.once('swapped', async () => {
    const found: Swapped[][] = batch.items.map(() => []);
    for (const depth of DEPTHS) await swapAt(batch, depth, found);
    return batch.searches.map(({ key }, row) => ({ graph: key, swaps: found[row] }));
  });
}

async function swapAt(batch: Batch, depth: number, found: Swapped[][]): Promise<void> {
  const own = await batch.answers();
  const correct = [...batch.items.keys()].filter((row) => isCorrect(own[row]) === 1);
  const chosen = correct.flatMap((row) => swapQuestion(batch, depth, row) ?? []);
  if (chosen.length === 0) return;
  const swapped = chosen.map((one) => one.swapped);
  const donors = await batch.runOf(swapped);
  const follows = await readAnswers(donors, batch.thoughts, swapped, batch.wording);
  const right = [...chosen.keys()].filter((i) => isCorrect(follows[i]) === 1);
  if (right.length === 0) return;
  const bases = right.map((i) => chosen[i].base);
  const run = await batch.runOf(bases);
  const before = (await readAnswers(run, batch.thoughts, bases, batch.wording)).map(preference);
  const targets = right.map((i) => itemSearch(swapped[i]).depth);
  const last = targets.map((target) => batch.lastPatched(target));
  const results = right.map(() => ({ found: [] as number[], changes: [] as number[] }));
  for await (const { indices, answers } of patchEach(batch, { items: bases, run }, donors.rows(right), last))
    answers.forEach((answer, at) => {
      const i = indices[at];
      results[i].found.push(isCorrect(answer));
      results[i].changes.push((preference(answer) - before[i]) / 100);
    });
  right.forEach((at, i) => found[chosen[at].row].push({ depth, target: targets[i], ...results[i] }));
}

/** Undefined where there is no such swap, or no other node will do. */
function swapQuestion(batch: Batch, depth: number, row: number): SwapQuestion | undefined {
  const item = batch.items[row];
  const swapped = swapEdges(batch.randomOf(`swap at ${depth}`, row), item, depth);
  if (swapped === undefined || !batch.asksAtUsualDepth(swapped)) return undefined;
  const { depths, otherRoot } = batch.searches[row];
  const { depths: depthsThen } = itemSearch(swapped);
  // Candidates are concepts, nodes that something is. ProsQA's end paths, and so must the other one: a guess by that tells neither.
  const leadsOn = (node: number): boolean => item.edges.some(([source]) => source === node);
  const questions = [...item.names.keys()].flatMap((node) => {
    const isOther =
      !item.candidates.includes(node) &&
      node !== otherRoot &&
      depths[node] === UNREACHED &&
      depthsThen[node] === UNREACHED &&
      item.edges.some(([, end]) => end === node);
    if (!isOther || (leadsOn(item.decoy) && !leadsOn(node))) return [];
    const [base, then] = [item, swapped].map((one) => {
      const asked = askBetween(one, item.decoy, node);
      return leadsOn(item.decoy) ? asked : endPathsAt(asked, node);
    });
    return base === undefined || then === undefined ? [] : [{ row, base, swapped: then, isEdited: leadsOn(node) }];
  });
  // As few edits as there can be.
  const asStated = questions.filter(({ isEdited }) => !isEdited);
  const choice = asStated.length > 0 ? asStated : questions;
  if (choice.length === 0) return undefined;
  return choice[batch.randomOf(`reached by none, ${depth}`, row).integer(choice.length)];
}
