import { describe, expect, it } from 'vitest';
import { duration } from '../../src/cli/progress.js';

describe('duration', () => {
  it('is said in the largest units that matter, rounded up', () => {
    expect([0, 0.2, 59, 60, 61, 3599, 3600, 4800].map(duration)).toEqual([
      '0 s',
      '1 s',
      '59 s',
      '1 min',
      '2 min',
      '1 h 0 min',
      '1 h 0 min',
      '1 h 20 min',
    ]);
  });

  it('is a dash while nothing is known', () => {
    expect([Infinity, NaN].map(duration)).toEqual(['–', '–']);
  });
});
