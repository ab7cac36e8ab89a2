import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/random.js';
import { chanceOfHighest } from '../../../src/readout/kit/chance-of-highest.js';
import { shareOfHighest } from '../../../src/statistics/index.js';

describe('chanceOfHighest', () => {
  const even = (node: number): boolean => node % 2 === 0;

  it('is the fraction of right candidates where no token is shared', () => {
    expect(chanceOfHighest([0, 1, 2, 3, 4], [0, 1, 2, 3, 4], even)).toBeCloseTo(3 / 5, 12);
    expect(chanceOfHighest([0, 1, 2, 3, 4], [1, 2], even)).toBe(1 / 2);
  });

  it('draws a token, then a candidate that it names', () => {
    // Tokens 7 (nodes 0, 1, 2) and 9 (node 3): 2/3 and 0.
    expect(chanceOfHighest([7, 7, 7, 9], [0, 1, 2, 3], even)).toBeCloseTo(1 / 3, 12);
    // Of token 7 only nodes 1 and 2 are candidates: 1/2 and 0.
    expect(chanceOfHighest([7, 7, 7, 9], [1, 2, 3], even)).toBeCloseTo(1 / 4, 12);
  });

  it('is what a random score of the tokens attains', () => {
    const random = createRandom('tied scores');
    const tokens = [5, 5, 5, 6, 7, 7, 8];
    const nodes = [...tokens.keys()];
    let sum = 0;
    for (let draw = 0; draw < 20000; draw++) {
      const score = new Map([5, 6, 7, 8].map((token) => [token, random.normal()]));
      const values = tokens.map((token) => score.get(token) ?? NaN);
      sum += shareOfHighest(values, nodes, even);
    }
    // (2/3 + 0 + 1/2 + 1) / 4 = .5417, where nodes drawn uniformly are right 4 times of 7. The tolerance is 4 standard
    // errors of the 20000 draws.
    expect(Math.abs(sum / 20000 - 6.5 / 12)).toBeLessThan(0.011);
    expect(chanceOfHighest(tokens, nodes, even)).toBeCloseTo(6.5 / 12, 12);
  });
});
