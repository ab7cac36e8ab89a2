import type { Item } from '../item.js';

/**
 * The same statements and root, asked to choose between one of the candidates and another node, which takes the other
 * candidate's place in the question.
 *
 * @param target one of the item's candidates
 * @param decoy none of them
 */
export function askBetween(item: Item, target: number, decoy: number): Item {
  const candidates: Item['candidates'] = item.candidates[0] === target ? [target, decoy] : [decoy, target];
  return { ...item, target, decoy, candidates };
}
