import { describe, expect, it } from 'vitest';
import { POSITIONS, TIE_BREAK } from '../../../src/model/constructed/bfs-constants.js';
import * as c from '../../../src/model/constructed/pick-constants.js';
import { TILT } from '../../../src/model/constructed/variant-constants.js';

/** Beyond this distance from its corner, times the slope, GELU (tanh form) is 0 or x to float32's last places. */
const GELU_CORNER = 5.5;

/** By so much one score must exceed another. */
const CLEARLY = 24;

describe('the inequalities that picks of one edge rest on', () => {
  it('a place tells edges apart, and leaves the norm to the ballast', () => {
    expect((TILT * 3) / POSITIONS).toBeGreaterThanOrEqual(CLEARLY);
    expect((48 * c.FARTHEST ** 2) / POSITIONS / 16403).toBeLessThan((2 * TIE_BREAK) / 100);
  });

  it('beam: edges to follow beat resting, resting all else', () => {
    const resting = c.PICK_EDGE + c.PICK_REST;
    const most = c.PICK_MATCH + TILT + c.PREFERRED_EDGE;
    expect(c.PREFERRED_EDGE - TILT).toBeGreaterThan(CLEARLY);
    expect(c.PICK_EDGE + c.PICK_MATCH / Math.sqrt(c.WIDEST_BEAM) - resting).toBeGreaterThan(CLEARLY);
    expect(resting - (c.PICK_EDGE + TILT + c.PREFERRED_EDGE)).toBeGreaterThan(CLEARLY);
    expect(resting - most).toBeGreaterThan(CLEARLY);
    // What is taken has 1, less what LayerNorm may be off by.
    expect(resting - (c.PICK_EDGE + most - 0.99 * c.TAKEN)).toBeGreaterThan(CLEARLY);
  });

  it('beam: what is held next', () => {
    const corner = GELU_CORNER / c.KEPT.slope;
    expect(1 / Math.sqrt(c.WIDEST_BEAM) - c.KEPT.high).toBeGreaterThan(corner);
    expect(c.KEPT.low).toBeGreaterThan(corner);
    expect(c.NOT_AT_ANSWER).toBeGreaterThan(3);
  });
});
