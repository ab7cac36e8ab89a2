import { describe, expect, it } from 'vitest';
import { formatItems, parseItems, randomItems } from '../../src/dataset/index.js';
import { createRandom } from '../../src/random.js';
import { tinyItem, tinyOfficial } from './tiny-item.js';

describe('formatItems', () => {
  it('writes the official form, spaced as the official files are', () => {
    const text = formatItems([tinyItem]);
    expect(JSON.parse(text)).toEqual([tinyOfficial()]);
    expect(text).toContain('"edges": [[0, 2], [2, 3], [1, 4]], "root": 0, "target": 3, "neg_target": 4}]');
    expect(text.startsWith('[{"question": "Every bompus is a felpus. ')).toBe(true);
  });

  it('writes edges by target where no order of the file is known', () => {
    const { id, names, edges, root, target, decoy, candidates, path } = tinyItem;
    const item = { id, names, edges, root, target, decoy, candidates, path };
    expect(JSON.parse(formatItems([item]))).toMatchObject([
      {
        edges: [
          [0, 2],
          [2, 3],
          [1, 4],
        ],
      },
    ]);
  });

  it('writes an id only where it is not the index', () => {
    const text = formatItems([tinyItem, { ...tinyItem, id: 'b' }]);
    expect(JSON.parse(text)).toEqual([tinyOfficial(), { ...tinyOfficial(), id: 'b' }]);
    expect(parseItems(text, 'x').map(({ id }) => id)).toEqual(['0', 'b']);
  });

  it('is read back to the same items', () => {
    const items = randomItems(createRandom('round trip'), 100);
    expect(parseItems(formatItems(items), 'x')).toEqual(items);
  });
});
