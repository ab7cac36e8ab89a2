import { describe, expect, it } from 'vitest';
import {
  formatItems,
  itemGraph,
  parseItems,
  permuteEdgeOrder,
  permuteIds,
  randomItem,
} from '../../../src/dataset/index.js';
import { chooseLaterMention, chooseReached } from '../../../src/graph/index.js';
import { createRandom } from '../../../src/random.js';
import { edgeTexts, forRandomItems } from './support.js';

describe('permuteEdgeOrder', () => {
  it('changes the order of the sentences and nothing else, in the file neither', () => {
    forRandomItems((item, seed) => {
      const permuted = permuteEdgeOrder(createRandom(seed), item);
      expect({ ...permuted, edges: item.edges, fileEdgeOrder: item.fileEdgeOrder }).toEqual(item);
      expect(edgeTexts(permuted)).toEqual(edgeTexts(item));
      expect(permuted.edges).not.toEqual(item.edges);
      expect(parseItems(formatItems([permuted]), 'item')).toEqual([permuted]);
      const [before, after] = [item, permuted].map((one) => JSON.parse(formatItems([one])) as [{ question: string }]);
      expect(after[0].question).not.toBe(before[0].question);
      expect({ ...after[0], question: '' }).toEqual({ ...before[0], question: '' });
    });
  });

  it('takes an item without an order of the file, too', () => {
    const item = permuteIds(createRandom(1), randomItem(createRandom(0), 'a'));
    const permuted = permuteEdgeOrder(createRandom(1), item);
    expect(permuted).not.toHaveProperty('fileEdgeOrder');
    expect(edgeTexts(permuted)).toEqual(edgeTexts(item));
  });

  it('changes what goes by position, and not what a search finds', () => {
    const random = createRandom('positions');
    let changed = 0;
    for (let i = 0; i < 400; i++) {
      const item = randomItem(random, 'a');
      const graphs = [item, permuteEdgeOrder(random, item)].map((one) => itemGraph(one));
      const [before, after] = graphs.map((graph) => chooseLaterMention(graph, item.candidates));
      if (before !== after) changed++;
      for (const graph of graphs) expect(chooseReached(graph, item.candidates, item.root, 6)).toBe(item.target);
    }
    // Right in .586 of independent orders, it would change in 2 x .586 x .414 = .485 of the items if all were alike.
    expect(changed / 400).toBeGreaterThan(0.3);
  });
});
