import { nodesOf } from '../../graph/index.js';
import type { Random } from '../../random.js';
import type { Item } from '../item.js';
import { conceptFlags } from '../question.js';

/**
 * The same question with its names dealt anew among its nodes: entities keep entities' names among themselves, concepts
 * concepts', so that the grammar of every sentence stays. Node numbers, order and id stay. It breaks whatever a model
 * holds of single names (F14, invariance under names); the symbolic wording does not show names and stays the same.
 */
export function permuteNames(random: Random, item: Item): Item {
  const isConcept = conceptFlags(item.edges, item.names.length);
  const names = [...item.names];
  for (const kind of [true, false]) {
    const nodes = nodesOf({ nodeCount: names.length }).filter((node) => isConcept[node] === kind);
    const dealt = random.shuffle(nodes.map((node) => item.names[node]));
    nodes.forEach((node, i) => (names[node] = dealt[i]));
  }
  return { ...item, names };
}
