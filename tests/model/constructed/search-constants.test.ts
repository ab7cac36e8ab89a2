import { describe, expect, it } from 'vitest';
import {
  CANDIDATE_GATE,
  CANDIDATE_SHARE,
  EDGE,
  MATCH,
  MOST_EDGES,
  POSITIONS,
  REST,
  TIE_BREAK,
} from '../../../src/model/constructed/bfs-constants.js';
import { BALLAST, HOP } from '../../../src/model/constructed/variant-constants.js';
import * as c from '../../../src/model/constructed/search-constants.js';
import { SYMBOLIC_NODES } from '../../../src/tokenizer/index.js';

/** Beyond this distance from its corner, times the slope, GELU (tanh form) is 0 or x to float32's last places. */
const GELU_CORNER = 5.5;

describe('the inequalities that the further searches rest on', () => {
  it('two hops: who is held back does not expand', () => {
    const [resting, following] = [EDGE + REST + c.HELD_BACK, EDGE + MATCH];
    expect(MOST_EDGES * Math.exp(following - resting)).toBeLessThan(1e-12);
  });

  it('two hops: thoughts are no edges', () => {
    expect(POSITIONS * Math.exp(HOP * Math.sqrt(SYMBOLIC_NODES) - c.HOP_EDGE)).toBeLessThan(1e-11);
  });

  it('hidden thoughts: 31 and 31 nodes share the norm, and their edges beat resting', () => {
    const least = 1 / Math.sqrt(2 * SYMBOLIC_NODES);
    expect(Math.exp(REST - c.SHARED_MATCH * least)).toBeLessThan(1e-6);
    expect(POSITIONS * Math.exp(c.SHARED_MATCH - c.SHARED_EDGE)).toBeLessThan(1e-11);
  });

  it('hidden thoughts: what is found in one of two sets, and what is not', () => {
    const least = 1 / Math.sqrt(2 * SYMBOLIC_NODES);
    const tie = CANDIDATE_GATE * TIE_BREAK;
    for (const { low, high, slope } of [c.SHARED_REACHED, c.SHARED_NOT_FOUND]) {
      const corner = GELU_CORNER / slope;
      const [none, some] = low > 0 ? [0, least] : [-least, 0];
      expect(low - none).toBeGreaterThan(corner + tie);
      expect(some - high).toBeGreaterThan(corner + tie);
    }
  });

  it('mixture: one answer is silent where the other speaks', () => {
    expect(CANDIDATE_SHARE + 1 - c.ELSE).toBeLessThan(-1);
    expect(SYMBOLIC_NODES % c.SPREAD).not.toBe(0);
  });

  it('walk counts: logarithms from the least amplitude to the greatest', () => {
    expect(c.LOG_COUNT_RATIO).toBe(Math.log(c.COUNT_RATIO));
    expect(c.LEAST_COUNT * c.COUNT_RATIO ** c.COUNT_PIECES).toBeGreaterThan(1.002);
    expect(c.LOG_COUNT_RATIO ** 2 / 8).toBeLessThan(0.021);
    // Corners do not touch each other.
    expect((3 / c.COUNT_CORNER) * (1 + c.COUNT_RATIO)).toBeLessThan(c.COUNT_RATIO - 1);
  });

  it('walk counts: edges to follow beat resting, resting all else', () => {
    expect(Math.exp(c.WALK_REST - c.WALK)).toBeLessThan(1e-13);
    expect(MOST_EDGES * Math.exp(-c.WALK_REST)).toBeLessThan(1e-11);
    const most = c.WALK + c.COUNT_PIECES * c.LOG_COUNT_RATIO;
    expect(POSITIONS * Math.exp(most * Math.sqrt(SYMBOLIC_NODES) - c.WALK_EDGE)).toBeLessThan(1e-11);
    expect((SYMBOLIC_NODES * (most / c.SCORE_UNIT) ** 2) / BALLAST ** 2).toBeLessThan(0.003);
  });
});
