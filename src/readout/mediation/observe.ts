import { itemSearch, type Item } from '../../dataset/index.js';
import { LensError } from '../../errors.js';
import { isCorrect, readsThoughts } from '../../intervention/index.js';
import type { Coconut } from '../../model/index.js';
import { createRandom } from '../../random.js';
import type { Wording } from '../../tokenizer/index.js';
import { ItemBases } from './bases.js';
import { GradientBases } from './gradient-bases.js';
import { patchParts, type MediationCell } from './patch-parts.js';
import { ask, swapsAt } from './swaps.js';

/** What of the difference between an item's thoughts and those of its swapped questions turns its answer. */
export interface MediationObservation {
  readonly item: Item;
  /** 1 where the item is answered correctly, 1/2 for a tie. */
  readonly correct: number;
  /** d, of a thought. */
  readonly width: number;
  /** Whether the LM head's rows are the input embeddings. */
  readonly tied: boolean;
  readonly cells: readonly MediationCell[];
}

/**
 * Swaps two edges of each item at every depth where that turns the answer, and patches into the item what of the swapped
 * question's thought lies in some subspaces, and what lies outside them. What is drawn for an item belongs to it.
 *
 * @param items one batch
 * @param thoughts k
 * @throws LensError if an item does not fit the wording or the model, or the model does not read its thoughts
 */
export async function observeMediation(
  model: Coconut,
  items: readonly Item[],
  wording: Wording,
  thoughts: number,
): Promise<MediationObservation[]> {
  if (!readsThoughts(model))
    throw new LensError('mediation', 'the model does not read its thoughts (pause)', 'choose one that does', 'usage');
  const random = createRandom('mediation');
  const asked = await ask(model, items, wording, thoughts);
  const bases = new ItemBases(model, wording, random.fork('subspaces'));
  const gradients = new GradientBases(asked, random.fork('singular directions'));
  const known = new Map<number, ReturnType<ItemBases['ofItem']>>();
  const basesOf = (row: number): ReturnType<ItemBases['ofItem']> => {
    const own = known.get(row) ?? bases.ofItem(items[row]);
    known.set(row, own);
    return own;
  };
  const cells: MediationCell[][] = items.map(() => []);
  const deepest = Math.max(...items.map((item) => itemSearch(item).depth));
  for (let depth = 1; depth < deepest; depth++) {
    const swaps = await swapsAt(depth, asked, random);
    if (swaps === undefined) continue;
    for (let thought = depth; thought <= Math.min(thoughts, deepest - 1); thought++) {
      const found = await patchParts(asked, swaps, thought, async (i) => {
        const row = swaps.rows[i];
        const own = basesOf(row);
        const ofThought = bases.ofThought(items[row], swaps.swapped[i], thought);
        return { ...own, ...ofThought, ...(await gradients.of(row, thought, own.head.length)) };
      });
      for (const { row, cell } of found) cells[row].push(cell);
    }
  }
  const { nEmbd: width, tieWordEmbeddings: tied } = model.config;
  return items.map((item, row) => ({
    item,
    correct: isCorrect(asked.answers[row]),
    width,
    tied,
    cells: cells[row],
  }));
}
