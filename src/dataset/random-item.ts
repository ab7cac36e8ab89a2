import {
  inDegree,
  nodesOf,
  randomProsqaGraph,
  randomShortestPath,
  type Graph,
  type RandomGraphOptions,
} from '../graph/index.js';
import type { Random } from '../random.js';
import type { Item } from './item.js';
import { CONCEPT_NAMES, ENTITY_NAMES } from './names.js';

/**
 * A random item like ProsQA's: a graph of `randomProsqaGraph`, names drawn without repetition (entities and concepts
 * from their own lists), sentences and candidates in random order, and as path one of the shortest, each equally
 * likely. Graphs with more entities or concepts than there are names (17 and 38) are drawn anew.
 *
 * @throws RangeError as `randomProsqaGraph`
 */
export function randomItem(random: Random, id: string, options: RandomGraphOptions = {}): Item {
  const { graph, root, target, decoy } = randomProsqaGraph(random, options);
  const names = randomNames(random, graph);
  if (names === undefined) return randomItem(random, id, options);
  const order = random.shuffle([...graph.edges.keys()]);
  const fileEdgeOrder = order.map(() => 0);
  order.forEach((filePosition, position) => (fileEdgeOrder[filePosition] = position));
  const [first, second] = random.shuffle([target, decoy]);
  return {
    id,
    names,
    edges: order.map((filePosition) => graph.edges[filePosition]),
    root,
    target,
    decoy,
    candidates: [first, second],
    path: randomShortestPath(random, graph, root, target),
    fileEdgeOrder,
  };
}

/** `count` items with ids '0', '1', ...; each is drawn from its own fork, so that item i does not depend on `count`. */
export function randomItems(random: Random, count: number, options: RandomGraphOptions = {}): Item[] {
  return Array.from({ length: count }, (_, i) => randomItem(random.fork(`item ${i}`), String(i), options));
}

function randomNames(random: Random, graph: Graph): string[] | undefined {
  const entities = random.shuffle([...ENTITY_NAMES]);
  const concepts = random.shuffle([...CONCEPT_NAMES]);
  const names: string[] = [];
  for (const node of nodesOf(graph)) {
    const name = (inDegree(graph, node) === 0 ? entities : concepts).pop();
    if (name === undefined) return undefined;
    names.push(name);
  }
  return names;
}
