import { graphKey, type Item } from '../dataset/index.js';

/** Which graph each item asks about: the unit of folds, of bootstraps and of permutations in a probe's result. */
export interface GraphNumbers {
  /** [items] 0..graphCount-1, in the order in which graphs first appear. */
  readonly graphs: Int32Array;
  readonly graphCount: number;
}

/**
 * Numbers graphs. Items are of one graph if their edges have the same names, however they number the nodes, or the same
 * numbers, whatever they call them (`graphKey`: in the symbolic wording, which shows no names, that is the same prompt);
 * and if a chain of other items ties them so. Anything less would have a probe tested on a graph that it has seen.
 */
export function numberGraphs(items: readonly Pick<Item, 'names' | 'edges'>[]): GraphNumbers {
  const firstWith = new Map<string, number>();
  /** By item, an earlier item of the same graph, or itself. */
  const parents: number[] = [];
  const rootOf = (row: number): number => {
    let root = row;
    while (parents[root] !== root) root = parents[root];
    parents[row] = root;
    return root;
  };
  items.forEach((item, row) => {
    parents.push(row);
    for (const key of [`names ${namedEdges(item)}`, `numbers ${graphKey(item)}`]) {
      const first = firstWith.get(key);
      if (first === undefined) firstWith.set(key, row);
      else {
        const [earlier, later] = [rootOf(first), rootOf(row)].sort((a, b) => a - b);
        parents[later] = earlier;
      }
    }
  });
  const numbers = new Map<number, number>();
  const graphs = Int32Array.from(items, (_, row) => {
    const root = rootOf(row);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    return number;
  });
  return { graphs, graphCount: numbers.size };
}

/** The same for every numbering of a graph. */
function namedEdges({ names, edges }: Pick<Item, 'names' | 'edges'>): string {
  return JSON.stringify(edges.map(([source, target]) => `${names[source]} > ${names[target]}`).sort());
}
