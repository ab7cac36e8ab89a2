import { itemSearch, type Item } from '../../dataset/index.js';
import { LensError } from '../../errors.js';
import { isCorrect, readAnswers, readsThoughts } from '../../intervention/index.js';
import type { Coconut } from '../../model/index.js';
import { createRandom } from '../../random.js';
import type { Wording } from '../../tokenizer/index.js';
import { PROPAGATION_EDITS } from './edit-names.js';
import { measureEdit, type PropagationCell } from './measure-edit.js';
import { NodeDisplay } from './node-display.js';

/** What edits of an item's thoughts do to the thoughts after them. */
export interface PropagationObservation {
  readonly item: Item;
  /** 1 where the item is answered correctly, 1/2 for a tie. */
  readonly correct: number;
  readonly cells: readonly PropagationCell[];
}

/**
 * Removes nodes from the thoughts of each item that is answered correctly, and adds one, at t = 1 .. depth - 2 as far as there
 * is a thought t + 1; reads what the later thoughts display and what is answered. What is drawn for an item belongs to it.
 *
 * @param items one batch
 * @param thoughts k
 * @throws LensError if an item does not fit the wording or the model, or the model does not read its thoughts
 */
export async function observePropagation(
  model: Coconut,
  items: readonly Item[],
  wording: Wording,
  thoughts: number,
): Promise<PropagationObservation[]> {
  if (!readsThoughts(model))
    throw new LensError('propagation', 'the model does not read its thoughts (pause)', 'choose one that does', 'usage');
  const prompts = items.map((item) => wording.prompt(item));
  const run = await model.run(prompts, { thoughts });
  const answers = await readAnswers(run, thoughts, items, wording);
  const asked = { items, wording, thoughts, run, answers, display: new NodeDisplay(model, wording) };
  const random = createRandom('propagation');
  const cells: PropagationCell[][] = items.map(() => []);
  const deepest = Math.max(...items.map((item) => itemSearch(item).depth));
  for (let thought = 1; thought < Math.min(thoughts, deepest - 1); thought++)
    for (const edit of PROPAGATION_EDITS)
      for (const { row, cell } of await measureEdit(asked, edit, thought, random)) cells[row].push(cell);
  return items.map((item, row) => ({ item, correct: isCorrect(answers[row]), cells: cells[row] }));
}
