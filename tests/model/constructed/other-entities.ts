import { itemGraph, type Item } from '../../../src/dataset/index.js';
import { entitiesOf, inDegree, outDegree } from '../../../src/graph/index.js';

/** The entities that constructed-elimination is said to start from: one, or several at a tie. */
export function othersOf({ root, candidates, ...item }: Item): number[] {
  const graph = itemGraph(item);
  const entities = entitiesOf(graph).filter((entity) => entity !== root && outDegree(graph, entity) > 0);
  const merits = entities.map((entity) => {
    const isSole = graph.successors[entity].some((node) => candidates.includes(node) && inDegree(graph, node) === 1);
    return outDegree(graph, entity) - (isSole ? 3 : 0);
  });
  const most = Math.max(...merits);
  return entities.filter((_, i) => merits[i] === most);
}
