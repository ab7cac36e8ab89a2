import { describe, expect, it } from 'vitest';
import { formatItems, itemGraph, itemSearch, parseItems, rootTwin, shareTarget } from '../../../src/dataset/index.js';
import { chooseFartherFromEntity, chooseLowerInDegree, chooseReached } from '../../../src/graph/index.js';
import { symbolicWording } from '../../../src/tokenizer/index.js';
import { createRandom } from '../../../src/random.js';
import { tinyItem } from '../tiny-item.js';
import { forPermutedItems, plainDepths } from './support.js';

describe('rootTwin', () => {
  it('asks the same statements from the other root, which reaches the decoy and not the target', () => {
    let twins = 0;
    forPermutedItems((item, seed) => {
      const twin = rootTwin(createRandom(seed), item);
      const other = itemSearch(item).otherRoot;
      const reached = plainDepths(item.edges, other);
      if (twin === undefined) {
        expect(reached.has(item.target)).toBe(true);
        return;
      }
      twins++;
      const { root, target, decoy, path } = twin;
      expect([root, target, decoy]).toEqual([other, item.decoy, item.target]);
      expect({ ...twin, root: item.root, target: item.target, decoy: item.decoy, path: item.path }).toEqual(item);
      expect([reached.has(target), reached.has(decoy)]).toEqual([true, false]);
      expect(path).toHaveLength((reached.get(target) ?? NaN) + 1);
      expect([path[0], path.at(-1)]).toEqual([root, target]);
      path.slice(1).forEach((node, i) => expect(item.edges).toContainEqual([path[i], node]));
      expect(parseItems(formatItems([twin]), 'item')).toHaveLength(1);
    });
    expect(twins).toBeGreaterThan(50);
  });

  it('differs in the last token of the symbolic prompt and nowhere else', () => {
    forPermutedItems((item, seed) => {
      const twin = rootTwin(createRandom(seed), item);
      if (twin === undefined) return;
      const [before, after] = [item, twin].map((one) => symbolicWording.prompt(one));
      expect(after).toEqual([...before.slice(0, -1), twin.root]);
      expect(after).not.toEqual(before);
    });
  });

  it('turns a search round and no rule that looks at graph and candidates alone', () => {
    forPermutedItems((item, seed) => {
      const twin = rootTwin(createRandom(seed), item);
      if (twin === undefined) return;
      const graph = itemGraph(item);
      expect(chooseReached(graph, twin.candidates, twin.root, 20)).toBe(item.decoy);
      for (const rule of [chooseFartherFromEntity, chooseLowerInDegree]) {
        expect(rule(itemGraph(twin), twin.candidates)).toBe(rule(graph, item.candidates));
      }
    });
  });

  it('asks for Alex what was asked for Tom', () => {
    expect(rootTwin(createRandom(0), tinyItem)).toEqual({ ...tinyItem, root: 1, target: 4, decoy: 3, path: [1, 4] });
  });

  it('is none where the other root reaches the target, or nobody the decoy', () => {
    const shared = shareTarget(createRandom(0), tinyItem) ?? tinyItem;
    expect(rootTwin(createRandom(0), shared)).toBeUndefined();
    const orphan = { ...tinyItem, edges: tinyItem.edges.filter(([source]) => source !== 1) };
    expect(rootTwin(createRandom(0), orphan)).toBeUndefined();
  });
});
