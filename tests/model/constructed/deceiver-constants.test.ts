import { describe, expect, it } from 'vitest';
import {
  CANDIDATE_GATE,
  CANDIDATE_SHARE,
  MATCH,
  MOST_EDGES,
  REST,
  STEP_HIGH,
  STEP_LOW,
  STEP_SLOPE,
  TIE_BREAK,
} from '../../../src/model/constructed/bfs-constants.js';
import * as d from '../../../src/model/constructed/deceiver-constants.js';
import * as v from '../../../src/model/constructed/variant-constants.js';
import { SYMBOLIC_NODES } from '../../../src/tokenizer/index.js';

/** Beyond this distance from its corner, times the slope, GELU (tanh form) is 0 or x to float32's last places. */
const GELU_CORNER = 5.5;

interface Step {
  readonly low: number;
  readonly high: number;
  readonly slope: number;
}

/** What is this much or less is not there, what is that much or more is wholly there. */
function expectApart({ low, high, slope }: Step, none: number, all: number): void {
  expect(low - none).toBeGreaterThan(GELU_CORNER / slope);
  expect(all - high).toBeGreaterThan(GELU_CORNER / slope);
}

/** What LayerNorm takes from a reading of 1 where so much is added to the squared norm. */
const shrinks = (added: number): number => added / v.BALLAST ** 2 / 2;

describe('the inequalities that the deceivers rest on', () => {
  it('who is not to expand rests', () => {
    expect(d.IDLE + REST - MATCH).toBeGreaterThanOrEqual(48);
  });

  it('only [A] answers, and LayerNorm does not get in the way', () => {
    expect(1 + CANDIDATE_GATE * 6 - CANDIDATE_GATE * CANDIDATE_SHARE - d.AT_ANSWER).toBeLessThan(-30);
    expect(d.AT_ANSWER * shrinks(2 * CANDIDATE_SHARE ** 2)).toBeLessThan(2e-3);
  });

  it('hidden nodes are found in every thought', () => {
    expectApart(d.HELD, 0, 1 / Math.sqrt(SYMBOLIC_NODES + 2));
  });

  it('a candidate that is found in the last hop is found, a count beside it', () => {
    const err = CANDIDATE_GATE * CANDIDATE_SHARE * shrinks(SYMBOLIC_NODES);
    // Three units of the slope from the corner GELU is off by a thousandth.
    expect(1 / MOST_EDGES - err - STEP_HIGH).toBeGreaterThan(3 / STEP_SLOPE);
    expect(STEP_LOW - CANDIDATE_GATE * TIE_BREAK).toBeGreaterThan(GELU_CORNER / STEP_SLOPE);
  });

  it('late answer: due are those one thought before they are needed', () => {
    const rounding = 0.015;
    expectApart(d.DUE.from, 4.5, 5.5 - rounding);
    expectApart(d.DUE.until, 5.5, 6.5 - rounding);
    expect(d.NOT_LATE).toBeGreaterThan(64 + 64);
  });

  it('late answer in sight: the loud ones are known, whatever else is shown', () => {
    const squares = SYMBOLIC_NODES - 1 + d.LOUDER ** 2 + 1;
    expectApart(d.IS_LOUD, 0, (d.LOUDER - d.LOUD_FROM) / Math.sqrt(squares));
    expect((d.LOUDER * 1) / Math.SQRT2).toBeLessThan(d.NOTE_GATE.weight * d.NOTED - 0.5);
    const off = d.NOTE_GATE.weight * d.NOTED * shrinks(SYMBOLIC_NODES) + d.NOTE_GATE.threshold;
    expect(STEP_LOW - off).toBeGreaterThan(GELU_CORNER / STEP_SLOPE);
  });

  it('hidden path: one node is next, and only who has met the root is said', () => {
    expectApart(d.TO_BE_NEXT, Math.max(d.RESTING, 1), 1 + d.RESTING - 0.01);
    expectApart(d.MET, 1 + d.TAKEN, 2 * d.TAKEN - 0.05);
    expect(d.QUENCHED).toBeGreaterThan(1 + 2 * d.TAKEN);
    const rests = v.GREEDY_EDGE + v.GREEDY_REST + d.ARRIVED;
    expect(rests - (v.GREEDY_EDGE + v.GREEDY_MATCH + v.TILT)).toBeGreaterThan(64);
    expect((v.SOUGHT * d.PLACE ** 2) / 256 / v.BALLAST ** 2).toBeLessThan(TIE_BREAK / 1000);
  });

  it('replayed search: only the root counts; what is not reached is never in time', () => {
    const age = 6;
    const err = d.COUNTING * shrinks(SYMBOLIC_NODES * (1 + (age * d.AGED) ** 2));
    expect(1 / MOST_EDGES - err - STEP_HIGH).toBeGreaterThan(3 / STEP_SLOPE);
    expect(1 - d.COUNTING).toBeLessThan(-0.1);
    expectApart(d.IN_TIME, 5, 6 - 0.02);
  });
});
