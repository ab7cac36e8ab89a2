import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  CONCEPT_NAMES,
  englishQuestion,
  ENTITY_NAMES,
  formatItems,
  itemSearch,
  parseEnglishQuestion,
  parseSymbolicQuestion,
  readItems,
  symbolicQuestion,
} from '../../src/dataset/index.js';
import { OFFICIAL, officialAbsent } from './official-file.js';

describe('official validation file (skipped where ../shared/data/prosqa is absent)', () => {
  it.skipIf(officialAbsent)('is read and written back byte for byte', async () => {
    const { items, sha256, path } = await readItems(OFFICIAL);
    expect(items).toHaveLength(300);
    expect(path).toBe(OFFICIAL);
    expect(sha256).toBe('c74e0de24f1e90ec48b1a993e6458a7be4caeef3928f5104e3c2e45d689a5249');
    // Compared as booleans: a failing comparison of half a megabyte would print it.
    expect(formatItems(items) === readFileSync(OFFICIAL, 'utf8')).toBe(true);
  });

  it.skipIf(officialAbsent)('goes from English to symbols and back without loss', async () => {
    const { items } = await readItems(OFFICIAL);
    for (const item of items) {
      const english = englishQuestion(item, item.names);
      const symbolic = symbolicQuestion(parseEnglishQuestion(english, item.names));
      expect(symbolic).toBe(symbolicQuestion(item));
      expect(englishQuestion(parseSymbolicQuestion(symbolic), item.names)).toBe(english);
    }
  });

  it.skipIf(officialAbsent)('uses exactly the names of the name lists', async () => {
    const { items } = await readItems(OFFICIAL);
    const entities = new Set<string>();
    const concepts = new Set<string>();
    for (const { names, edges } of items) {
      names.forEach((name, node) => (edges.some(([, target]) => target === node) ? concepts : entities).add(name));
    }
    expect([...entities].sort()).toEqual(ENTITY_NAMES);
    expect([...concepts].sort()).toEqual(CONCEPT_NAMES);
  });

  it.skipIf(officialAbsent)('has the other of the nodes 0 and 1 as other root of every item', async () => {
    const { items } = await readItems(OFFICIAL);
    for (const item of items) expect(itemSearch(item).otherRoot).toBe(1 - item.root);
  });
});
