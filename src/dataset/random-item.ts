import { publishedProsqaGraph, randomProsqaGraph, type RandomGraphOptions } from '../graph/index.js';
import type { Random } from '../random.js';
import { drawItem, tooFewNames } from './draw-item.js';
import type { Item } from './item.js';
import { CONCEPT_NAMES, ENTITY_NAMES } from './names.js';

/**
 * No graph of so many nodes gets by with 38 concepts: all but two of them have a parent with probability 1 - e^-1.5, so
 * that 3 graphs in 10^12 have so few.
 */
const HOPELESS_NODES = 90;

/**
 * A random item like ProsQA's: a graph of `randomProsqaGraph`, names drawn without repetition (entities and concepts
 * from their own lists), sentences and candidates in random order, and as path one of the shortest, each equally
 * likely. Graphs with more entities or concepts than there are names (17 and 38) are drawn anew.
 *
 * @throws RangeError as `randomProsqaGraph`, or if its graphs have more nodes than there are names
 */
export function randomItem(random: Random, id: string, options: RandomGraphOptions = {}): Item {
  const { nodes = 0, minNodes = 0 } = options;
  if (nodes >= HOPELESS_NODES || minNodes > ENTITY_NAMES.length + CONCEPT_NAMES.length) throw tooFewNames();
  return drawItem(random, id, () => randomProsqaGraph(random, options));
}

/** `count` items with ids '0', '1', ...; each is drawn from its own fork, so that item i does not depend on `count`. */
export function randomItems(random: Random, count: number, options: RandomGraphOptions = {}): Item[] {
  return Array.from({ length: count }, (_, i) => randomItem(random.fork(`item ${i}`), String(i), options));
}

/**
 * An item on a graph of `publishedProsqaGraph`, which is unlike the released ones; in all else as {@link randomItem}.
 *
 * @param nodes N, isolated nodes included
 * @throws RangeError as `publishedProsqaGraph`, or if its graphs have more nodes than there are names
 */
export function publishedItem(random: Random, id: string, nodes: number): Item {
  return drawItem(random, id, () => publishedProsqaGraph(random, nodes));
}
