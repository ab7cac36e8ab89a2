import { describe, expect, it } from 'vitest';
import { POSITIONS, STEP_HIGH, STEP_SLOPE, TIE_BREAK } from '../../../src/model/constructed/bfs-constants.js';
import * as c from '../../../src/model/constructed/pick-constants.js';
import { TILT, WHOLE } from '../../../src/model/constructed/variant-constants.js';

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

  it('depth-first: the later node beats the later edge, edges to follow beat resting, resting all else', () => {
    const positions = c.DEEPEST + 1;
    const [step, most] = [c.INDEX / positions, (c.INDEX * c.DEEPEST) / positions];
    const resting = c.DEPTH_EDGE + c.DEPTH_REST;
    expect(c.DEPTH_MATCH * step - TILT).toBeGreaterThan(CLEARLY);
    expect(c.DEPTH_EDGE + c.DEPTH_MATCH * step - resting).toBeGreaterThan(CLEARLY);
    expect(resting - (c.DEPTH_EDGE + TILT)).toBeGreaterThan(CLEARLY);
    expect(resting - (c.DEPTH_MATCH * most + TILT)).toBeGreaterThan(CLEARLY);
    const again = c.DEPTH_EDGE + c.DEPTH_MATCH * most + TILT - c.REVISITED * 2 * step;
    expect(resting - again).toBeGreaterThan(CLEARLY);
    expect(c.NO_PICK + resting - (c.DEPTH_EDGE + c.DEPTH_MATCH * most + TILT)).toBeGreaterThan(CLEARLY);
  });

  it('depth-first: the number of a thought, of its node alone; what is picked, and what was held', () => {
    const greatest = c.INDEX * (c.DEEPEST + 1);
    const [slope, corner] = [64, GELU_CORNER / 64];
    expect(c.INDEX * slope).toBeGreaterThan(GELU_CORNER);
    expect(greatest + c.INDEX - c.INDEXED).toBeLessThan(-corner);
    expect(c.INDEX).toBeLessThan(WHOLE.low - GELU_CORNER / WHOLE.slope);
    // At [A] there are DEEPEST + 3 positions; the first thought has the number 2.
    expect((2 * c.INDEX) / (c.DEEPEST + 3)).toBeGreaterThan(STEP_HIGH + GELU_CORNER / STEP_SLOPE);
  });
});
