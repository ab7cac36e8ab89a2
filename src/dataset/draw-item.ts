import { inDegree, nodesOf, randomShortestPath, type Graph, type RandomProsqaGraph } from '../graph/index.js';
import type { Random } from '../random.js';
import type { Item } from './item.js';
import { CONCEPT_NAMES, ENTITY_NAMES } from './names.js';

const MAX_ATTEMPTS = 10_000;

/**
 * Draws graphs until one is wanted and can be named, and makes it an item: names drawn without repetition (entities and
 * concepts from their own lists), sentences and candidates in random order, and as path one of the shortest, each
 * equally likely.
 *
 * @param draw a graph, or undefined for one that is not wanted
 * @throws RangeError if none of 10,000 graphs will do
 */
export function drawItem(random: Random, id: string, draw: () => RandomProsqaGraph | undefined): Item {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const posed = draw();
    const names = posed === undefined ? undefined : randomNames(random, posed.graph);
    if (posed !== undefined && names !== undefined) return poseItem(random, id, posed, names);
  }
  throw tooFewNames();
}

/** The error of a question whose graphs do not get by with the names there are. */
export function tooFewNames(): RangeError {
  return new RangeError(
    `none of ${MAX_ATTEMPTS} graphs has what is wanted and at most ${ENTITY_NAMES.length} entities and ` +
      `${CONCEPT_NAMES.length} concepts`,
  );
}

function poseItem(
  random: Random,
  id: string,
  { graph, root, target, decoy }: RandomProsqaGraph,
  names: readonly string[],
): Item {
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

/** undefined if there are more entities or concepts than names (17 and 38). */
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
