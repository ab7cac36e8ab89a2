import { describe, expect, it } from 'vitest';
import { didYouMean } from '../src/did-you-mean.js';

describe('didYouMean', () => {
  it.each([
    ['tre', ', did you mean tree?'],
    ['TREE', ', did you mean tree?'],
    ['ferontier', ', did you mean frontier?'],
    ['forntier', ', did you mean frontier?'],
    ['xyz', ''],
    ['', ''],
    ['x'.repeat(100_000), ''],
  ])('%s', (given, words) => {
    expect(didYouMean(given, ['frontier', 'tree', 'height'])).toBe(words);
  });
});
