import { fileURLToPath } from 'node:url';
import { permuteIds, randomItems, type Item } from '../../src/dataset/index.js';
import { loadCoconut, type Coconut } from '../../src/model/index.js';
import { createRandom } from '../../src/random.js';

/** A model of fixtures/models. */
export function fixtureModel(name: 'constructed-bfs' | 'prosqa-small-coconut'): Promise<Coconut> {
  return loadCoconut(fileURLToPath(new URL(`../../fixtures/models/${name}`, import.meta.url)));
}

/** Items like those that prosqa-small-coconut was trained on, with node numbers that say nothing. */
export function smallItems(count: number): Item[] {
  const random = createRandom('readouts');
  const items = randomItems(random, count, { nodes: 12, minNodes: 8, minDepth: 3, maxDepth: 4, depthGap: 1 });
  return items.map((item, i) => permuteIds(random.fork(`ids ${i}`), item));
}
