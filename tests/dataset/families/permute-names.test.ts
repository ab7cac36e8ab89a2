import { describe, expect, it } from 'vitest';
import { CONCEPT_NAMES, formatItems, parseItems, permuteNames, symbolicQuestion } from '../../../src/dataset/index.js';
import { createRandom } from '../../../src/random.js';
import { forRandomItems, plainEntities } from './support.js';

describe('permuteNames', () => {
  it('deals the same names anew, entities and concepts among themselves, and leaves all else', () => {
    let moved = 0;
    forRandomItems((item, seed) => {
      const permuted = permuteNames(createRandom(seed), item);
      expect({ ...permuted, names: item.names }).toEqual(item);
      expect([...permuted.names].sort()).toEqual([...item.names].sort());
      const entities = plainEntities(permuted);
      permuted.names.forEach((name, node) => expect(CONCEPT_NAMES.includes(name)).toBe(!entities.includes(node)));
      expect(symbolicQuestion(permuted)).toBe(symbolicQuestion(item));
      expect(parseItems(formatItems([permuted]), 'item')).toEqual([permuted]);
      moved += item.names.filter((name, node) => permuted.names[node] !== name).length / item.names.length;
    });
    // Of some twenty names about one stays where it is, of two entities every other time: more than .8 of all move.
    expect(moved / 60).toBeGreaterThan(0.8);
  });
});
