import { clusteredWilson, type ClusteredProportion } from './clustered-wilson.js';

/**
 * The mean of scores with its interval. Questions about one graph are alike: the graph is the unit.
 *
 * @param graphs the graph of each item, as `graphKey` names it [n]
 * @param scores from 0 to 1 [n]
 */
export function shareOverGraphs(graphs: readonly string[], scores: readonly number[]): ClusteredProportion {
  const trials = new Map<string, { successes: number; n: number }>();
  graphs.forEach((graph, i) => {
    const { successes, n } = trials.get(graph) ?? { successes: 0, n: 0 };
    trials.set(graph, { successes: successes + scores[i], n: n + 1 });
  });
  return clusteredWilson([...trials.values()]);
}
