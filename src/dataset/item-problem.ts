import { z } from 'zod';
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
 * What is wrong with an item that did not come from `parseItems`, in words: every node is there, no two have one name, no
 * edge is there twice or leads to where it starts, target and decoy are the two candidates. What the graph says of them is
 * free: edited questions need not have an answer.
 *
 * @returns undefined if nothing is
 */
export function itemProblem(item: Item): string | undefined {
  const parsed = shape.safeParse(item);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    return `is no item (${[...path, message].join(': ')})`;
  }
  const { names, edges, root, target, decoy, candidates } = item;
  const stranger = [root, target, decoy, ...edges.flat()].find((each) => each >= names.length);
  if (stranger !== undefined) return `names a node that is not there (${stranger} of ${names.length})`;
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) return `has two nodes of one name ("${twice}")`;
  const loop = edges.find(([from, to]) => from === to);
  if (loop !== undefined) return `has an edge that leads to where it starts (${loop.join(', ')})`;
  if (new Set(edges.map(String)).size < edges.length) return 'has an edge twice';
  if (target === decoy || !candidates.includes(target) || !candidates.includes(decoy))
    return `asks for other nodes than target and decoy (${candidates.join(', ')}; ${target}, ${decoy})`;
  return undefined;
}
