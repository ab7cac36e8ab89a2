import {
  ancestorsOf,
  inDegree,
  outDegree,
  randomProsqaGraph,
  type RandomGraphOptions,
  type RandomProsqaGraph,
} from '../../graph/index.js';
import type { Random } from '../../random.js';
import { drawItem } from '../draw-item.js';
import type { Item } from '../item.js';

/** About one graph in 700 is wanted; a hundred thousand graphs without one say that the options allow none. */
const MAX_ATTEMPTS = 100_000;

/**
 * A random item in which degrees tell nothing, chosen from the graphs of `randomProsqaGraph`:
 *
 * - target and decoy have as many incoming edges as each other (both are leaves, so neither has outgoing ones);
 * - the root has successors that lead to the target and successors that do not, and all of them have the same number of
 *   incoming and the same number of outgoing edges.
 *
 * It breaks `chooseLowerInDegree` (66.4 % on the official items), which ties, and the rule that tells the first step by
 * the successors' degrees (fewest incoming less outgoing edges: 97.4 %; most outgoing: 96.0 %; literature.md 5.6), which
 * is left to guess among the successors. Degrees further down are what the generator makes them.
 *
 * @throws RangeError if the options make no sense or hardly any graph keeps to them
 */
export function degreeMatchedItem(random: Random, id: string, options: RandomGraphOptions = {}): Item {
  return drawItem(random, id, () => {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const posed = randomProsqaGraph(random, options);
      if (isMatched(posed)) return posed;
    }
    throw new RangeError(`none of ${MAX_ATTEMPTS} graphs has matched degrees`);
  });
}

function isMatched({ graph, root, target, decoy }: RandomProsqaGraph): boolean {
  if (inDegree(graph, target) !== inDegree(graph, decoy)) return false;
  const [first, ...others] = graph.successors[root];
  const alike = others.every(
    (node) => inDegree(graph, node) === inDegree(graph, first) && outDegree(graph, node) === outDegree(graph, first),
  );
  if (!alike) return false;
  const leading = ancestorsOf(graph, target);
  return !graph.successors[root].every((node) => leading.includes(node));
}
