import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  englishQuestion,
  formatItems,
  parseEnglishQuestion,
  parseItems,
  parseSymbolicQuestion,
  readItems,
  symbolicQuestion,
} from '../../src/dataset/index.js';

const OFFICIAL = '../shared/data/prosqa/prosqa_valid.json';
const absent = !existsSync(OFFICIAL);

describe('official validation file (skipped where ../shared/data/prosqa is absent)', () => {
  it.skipIf(absent)('is read and written back byte for byte', async () => {
    const { items, sha256, path } = await readItems(OFFICIAL);
    expect(items).toHaveLength(300);
    expect(path).toBe(OFFICIAL);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    const text = readFileSync(OFFICIAL, 'utf8');
    // Compared as booleans: a failing comparison of half a megabyte would print it.
    expect(formatItems(items) === text).toBe(true);
    expect(formatItems(parseItems(formatItems(items), 'again')) === text).toBe(true);
  });

  it.skipIf(absent)('goes from English to symbols and back without loss', async () => {
    const { items } = await readItems(OFFICIAL);
    for (const item of items) {
      const question = parseSymbolicQuestion(symbolicQuestion(item));
      expect(question).toEqual({ edges: item.edges, candidates: item.candidates, root: item.root });
      expect(symbolicQuestion(parseEnglishQuestion(englishQuestion(question, item.names), item.names))).toBe(
        symbolicQuestion(item),
      );
    }
  });
});
