import type { Edge } from '../../graph/index.js';
import type { Random } from '../../random.js';
import type { Item } from '../item.js';
import { ENTITY_NAMES } from '../names.js';
import { conceptFlags } from '../question.js';

/**
 * The item with other edges, in the order in which the prompt is to state them. A node that loses its last parent is an
 * entity from then on and gets an entity's name, one that the item does not use yet. The path is kept. The file's order
 * of the edges is left to the writer.
 *
 * @returns undefined if an edit cannot be worded: a node is left without any edge, or entities' names run out
 */
export function withEdges(random: Random, item: Item, edges: readonly Edge[]): Item | undefined {
  const mentioned = new Set(edges.flat());
  if (mentioned.size < item.names.length) return undefined;
  const [before, after] = [item.edges, edges].map((these) => conceptFlags(these, item.names.length));
  const unused = random.shuffle(ENTITY_NAMES.filter((name) => !item.names.includes(name)));
  const names: string[] = [];
  for (const [node, name] of item.names.entries()) {
    const given = before[node] && !after[node] ? unused.pop() : name;
    if (given === undefined) return undefined;
    names.push(given);
  }
  const { id, root, target, decoy, candidates, path } = item;
  return { id, names, edges, root, target, decoy, candidates, path };
}

/** @throws RangeError unless `depth` is a whole number >= 1 */
export function requireDepth(depth: number): void {
  if (!Number.isInteger(depth) || depth < 1) throw new RangeError(`depth is ${depth}, not a whole number >= 1`);
}
