import { z } from 'zod';
import { LensError } from '../errors.js';
import type { Item } from './item.js';

const node = z.int().min(0);
const shape = z.object({
  id: z.string(),
  names: z.array(z.string()),
  edges: z.array(z.tuple([node, node])),
  root: node,
  target: node,
  decoy: node,
  candidates: z.tuple([node, node]),
});

/**
 * For items that a program gives, which may be any: every node is there, no two have one name, target and decoy are the
 * two candidates. What the graph says of them is free: edited questions need not have an answer.
 *
 * @param subject what the message calls the item
 * @throws LensError naming the field
 */
export function checkItem(item: Item, subject: string): void {
  const remedy = 'make items with readItems, parseItems or randomItems';
  const refuse = (problem: string): never => {
    throw new LensError(subject, problem, remedy, 'usage');
  };
  const parsed = shape.safeParse(item);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    refuse(`is no item (${[...path, message].join(': ')})`);
  }
  const { names, edges, root, target, decoy, candidates } = item;
  const stranger = [root, target, decoy, ...edges.flat()].find((each) => each >= names.length);
  if (stranger !== undefined) refuse(`names a node that is not there (${stranger} of ${names.length})`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) refuse(`has two nodes of one name (${twice})`);
  if (target === decoy || !candidates.includes(target) || !candidates.includes(decoy))
    refuse(`asks for other nodes than target and decoy (${candidates.join(', ')}; ${target}, ${decoy})`);
}
