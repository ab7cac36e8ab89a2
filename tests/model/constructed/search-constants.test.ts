import { describe, expect, it } from 'vitest';
import { EDGE, MATCH, MOST_EDGES, REST } from '../../../src/model/constructed/bfs-constants.js';
import * as c from '../../../src/model/constructed/search-constants.js';

describe('the inequalities that the further searches rest on', () => {
  it('two hops: who is held back does not expand', () => {
    const [resting, following] = [EDGE + REST + c.HELD_BACK, EDGE + MATCH];
    expect(MOST_EDGES * Math.exp(following - resting)).toBeLessThan(1e-12);
  });
});
