import { describe, expect, it } from 'vitest';
import * as p from '../../../src/model/constructed/pick-constants.js';
import * as c from '../../../src/model/constructed/single-constants.js';
import { TILT } from '../../../src/model/constructed/variant-constants.js';

/** By so much one score must exceed another. */
const CLEARLY = 24;

describe('the inequalities that single picks rest on', () => {
  it('one by one: edges to follow beat resting, resting all else', () => {
    const { match, charge, edge, rested } = c.SINGLE;
    expect(match / Math.sqrt(p.DEEPEST + 1) - rested).toBeGreaterThan(CLEARLY);
    expect(rested - TILT).toBeGreaterThan(CLEARLY);
    expect(charge).toBeGreaterThan(match);
    expect(edge + rested - (match + TILT)).toBeGreaterThan(CLEARLY);
  });

  it('by number: one number beats the next, edges to follow beat resting, resting all else', () => {
    expect(c.NUMBER_TILT / 31).toBeGreaterThan(CLEARLY);
    expect(p.PICK_MATCH / Math.sqrt(p.WIDEST_BEAM) - c.NUMBER_REST).toBeGreaterThan(CLEARLY);
    expect(c.NUMBER_REST - c.NUMBER_TILT).toBeGreaterThan(CLEARLY);
    expect(c.NUMBER_REST - (p.PICK_MATCH + c.NUMBER_TILT - 0.99 * p.TAKEN)).toBeGreaterThan(CLEARLY);
    const noEdge = p.PICK_MATCH + Math.sqrt(p.WIDEST_BEAM) * c.NUMBER_TILT;
    expect(p.PICK_EDGE + c.NUMBER_REST - noEdge).toBeGreaterThan(CLEARLY);
  });

  it('guarded replay: what a thought must hold is older than what it need not', () => {
    expect(c.HEARD_BEFORE.low).toBeGreaterThan(6 + 0.2);
    expect(c.HEARD_BEFORE.high).toBeLessThan(7 - 0.2);
    expect(c.ALIEN.high).toBeLessThan(1 / Math.sqrt(31) - 0.03);
  });
});
