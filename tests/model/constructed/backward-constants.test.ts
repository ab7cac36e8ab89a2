import { describe, expect, it } from 'vitest';
import * as c from '../../../src/model/constructed/backward-constants.js';
import {
  EDGE,
  LOOK_BACK_SHARPNESS,
  MOST_EDGES,
  REST,
  STEP_HIGH,
  STEP_LOW,
  STEP_SLOPE,
} from '../../../src/model/constructed/bfs-constants.js';
import { GREATEST_SIDE_LOBE } from '../../../src/model/constructed/position-code.js';
import { HOP } from '../../../src/model/constructed/variant-constants.js';
import { SYMBOLIC_NODES } from '../../../src/tokenizer/index.js';

/** Beyond this distance from its corner, times the slope, GELU (tanh form) is 0 or x to float32's last places. */
const GELU_CORNER = 5.5;

/** By so much one score must exceed another. */
const CLEARLY = 24;

/** The least amplitude of what a thought holds. */
const LEAST = 1 / Math.sqrt(c.MOST_HELD);

describe('the inequalities that backward searches rest on', () => {
  it('three blocks: edges to follow beat resting, resting all else', () => {
    expect(c.MOST_HELD).toBe(3 * SYMBOLIC_NODES);
    expect(c.WIDE_MATCH * LEAST - REST).toBeGreaterThan(CLEARLY);
    expect(c.WIDE_EDGE + REST - c.WIDE_MATCH).toBeGreaterThan(CLEARLY);
    expect(EDGE + REST - HOP).toBeGreaterThan(CLEARLY);
    expect(MOST_EDGES * Math.exp(-REST)).toBeLessThan(STEP_LOW - GELU_CORNER / STEP_SLOPE);
    // A node just added has the share of one edge of all there are.
    expect(1 / MOST_EDGES).toBeGreaterThan(STEP_HIGH + GELU_CORNER / STEP_SLOPE);
  });

  it('a head looks back, or sees nothing', () => {
    expect(c.NO_LOOK_BACK - LOOK_BACK_SHARPNESS).toBeGreaterThan(CLEARLY);
    expect(LOOK_BACK_SHARPNESS * (1 - GREATEST_SIDE_LOBE)).toBeGreaterThan(CLEARLY);
  });

  it('backward: the root is found where a set holds it', () => {
    const resting = c.AT_ROOT + c.AT_ROOT_REST;
    expect(c.AT_ROOT + c.AT_ROOT_MATCH * LEAST - resting).toBeGreaterThan(CLEARLY);
    expect(resting - c.AT_ROOT).toBeGreaterThan(CLEARLY);
    expect(resting - c.AT_ROOT_MATCH).toBeGreaterThan(CLEARLY);
    expect(resting + c.NOT_ASKED - (c.AT_ROOT + c.AT_ROOT_MATCH)).toBeGreaterThan(CLEARLY);
  });

  it('bidirectional: sets meet in one node, or the head rests', () => {
    expect(c.MEET * LEAST * LEAST - c.MEET_REST).toBeGreaterThan(CLEARLY);
    expect(c.MEET_REST).toBeGreaterThan(CLEARLY);
  });
});
