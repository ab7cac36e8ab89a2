import fc from 'fast-check';
import { permuteIds, randomItem, type Item } from '../../../src/dataset/index.js';
import { createRandom } from '../../../src/random.js';

/**
 * Breadth-first depths by name of node, written without anything of src: a family's definition is checked against what
 * the word means, not against the code that makes it. Nodes that cannot be reached are absent.
 */
export function plainDepths(edges: readonly (readonly [number, number])[], from: number): Map<number, number> {
  const depths = new Map([[from, 0]]);
  let layer = [from];
  for (let depth = 1; layer.length > 0; depth++) {
    const next = edges.filter(([source, target]) => layer.includes(source) && !depths.has(target)).map(([, to]) => to);
    layer = [...new Set(next)];
    for (const node of layer) depths.set(node, depth);
  }
  return depths;
}

/** Nodes without incoming edges. */
export function plainEntities({ names, edges }: Pick<Item, 'names' | 'edges'>): number[] {
  return [...names.keys()].filter((node) => edges.every(([, target]) => target !== node));
}

/** The item's edges as texts, sorted. */
export function edgeTexts({ edges }: Pick<Item, 'edges'>): string[] {
  return edges.map(([source, target]) => `${source}->${target}`).sort();
}

/** Runs a property on the items of many seeds. */
export function forRandomItems(property: (item: Item, seed: number) => void, numRuns = 60): void {
  fc.assert(
    fc.property(fc.integer(), (seed) => property(randomItem(createRandom(seed), 'a'), seed)),
    { numRuns },
  );
}

/** The same with node numbers drawn at random: nothing may depend on their order. */
export function forPermutedItems(property: (item: Item, seed: number) => void, numRuns = 60): void {
  forRandomItems((item, seed) => property(permuteIds(createRandom(seed).fork('numbers'), item), seed), numRuns);
}

/** Which nodes are at each depth: '3:1' is node 3 at depth 1; those of depths below `limit` only. */
export function layerTexts(edges: readonly (readonly [number, number])[], from: number, limit = Infinity): string[] {
  const depths = [...plainDepths(edges, from)].filter(([, depth]) => depth < limit);
  return depths.map(([node, depth]) => `${node}:${depth}`).sort();
}

/** How often a choice is the target, ties counting half. */
export function accuracy(choices: readonly (readonly [choice: number | 'tie', target: number])[]): number {
  const points = choices.map(([choice, target]): number => (choice === 'tie' ? 0.5 : choice === target ? 1 : 0));
  return points.reduce((sum, one) => sum + one, 0) / points.length;
}

export const ALL_HOPS = [1, 2, 3, 4, 5, 6, 7];
