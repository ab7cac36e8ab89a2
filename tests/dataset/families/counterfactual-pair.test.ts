import { describe, expect, it } from 'vitest';
import { counterfactualPair, FAMILIES, formatItems, orphanDecoy, parseItems } from '../../../src/dataset/index.js';
import { createRandom } from '../../../src/random.js';

describe('counterfactualPair', () => {
  it('keeps id and node numbers', () => {
    const { original, counterfactual } = counterfactualPair(createRandom(5), 'x', orphanDecoy);
    expect([original.id, counterfactual.id]).toEqual(['x', 'x']);
    expect(counterfactual.names).toHaveLength(original.names.length);
    expect(counterfactual.target).toBe(original.target);
  });

  it('gives up on an edit that no item allows', () => {
    expect(() => counterfactualPair(createRandom(5), 'x', () => undefined)).toThrow('none of 1000 items');
  });
});

describe('FAMILIES', () => {
  it.each(Object.entries(FAMILIES))('%s makes the same valid item of the same seed', (_, { draw }) => {
    const [once, again, another] = [1, 1, 2].map((seed) => draw(createRandom(seed), '0'));
    expect(again).toEqual(once);
    expect(another).not.toEqual(once);
    expect(formatItems(parseItems(formatItems([once]), 'item'))).toBe(formatItems([once]));
  });
});
