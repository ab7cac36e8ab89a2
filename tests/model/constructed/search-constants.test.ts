import { describe, expect, it } from 'vitest';
import { EDGE, MATCH, MOST_EDGES, POSITIONS, REST } from '../../../src/model/constructed/bfs-constants.js';
import * as c from '../../../src/model/constructed/search-constants.js';
import { SYMBOLIC_NODES } from '../../../src/tokenizer/index.js';

describe('the inequalities that the further searches rest on', () => {
  it('two hops: who is held back does not expand', () => {
    const [resting, following] = [EDGE + REST + c.HELD_BACK, EDGE + MATCH];
    expect(MOST_EDGES * Math.exp(following - resting)).toBeLessThan(1e-12);
  });

  it('hidden thoughts: 31 and 31 nodes share the norm, and their edges beat resting', () => {
    const least = 1 / Math.sqrt(2 * SYMBOLIC_NODES);
    expect(Math.exp(REST - c.SHARED_MATCH * least)).toBeLessThan(1e-6);
    expect(POSITIONS * Math.exp(c.SHARED_MATCH - c.SHARED_EDGE)).toBeLessThan(1e-11);
  });
});
