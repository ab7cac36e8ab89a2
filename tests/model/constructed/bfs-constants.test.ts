import { describe, expect, it } from 'vitest';
import * as constants from '../../../src/model/constructed/bfs-constants.js';
import { GREATEST_SIDE_LOBE, POSITION_SQUARED_NORM } from '../../../src/model/constructed/position-code.js';
import { SYMBOLIC_NODES } from '../../../src/tokenizer/index.js';

const {
  CANDIDATE,
  CANDIDATE_GATE,
  CANDIDATE_REST,
  CANDIDATE_SHARE,
  CANDIDATE_THRESHOLD,
  EDGE,
  END_THRESHOLD,
  GATE_SLOPE,
  LOOK_BACK_SHARPNESS,
  MATCH,
  MOST_EDGES,
  POSITIONS,
  REACHED_HIGH,
  REACHED_LOW,
  REACHED_SLOPE,
  REST,
  STEP_AMPLITUDE,
  STEP_HIGH,
  STEP_LOW,
  STEP_SLOPE,
  TIE_BREAK,
  UNIT,
} = constants;

/** Beyond this distance from its corner, times the slope, GELU (tanh form) is 0 or x to float32's last places. */
const GELU_CORNER = 5.5;

/** LayerNorm's scale when the expansion head has added as much as it can: token norm 2 (both parts aligned), not 1. */
const MOST_SHRUNK = Math.sqrt((3 + POSITION_SQUARED_NORM) / (6 + POSITION_SQUARED_NORM));

describe('the inequalities that constructed-bfs rests on', () => {
  it('look-back heads see one position', () => {
    expect(POSITIONS * Math.exp(-LOOK_BACK_SHARPNESS * (1 - GREATEST_SIDE_LOBE))).toBeLessThan(1e-17);
  });

  it('the longest prompt with [A] fits, one edge more does not', () => {
    expect(3 * MOST_EDGES + 6).toBeLessThanOrEqual(POSITIONS);
    expect(3 * (MOST_EDGES + 1) + 6).toBeGreaterThan(POSITIONS);
  });

  it('edges to follow beat the resting place, which beats all other edges, which beat what is no edge', () => {
    const least = MATCH / Math.sqrt(SYMBOLIC_NODES - 1);
    expect(Math.exp(REST - least)).toBeLessThan(2e-6);
    expect(MOST_EDGES * Math.exp(-REST)).toBeLessThan(1e-5);
    expect(POSITIONS * Math.exp(MATCH - EDGE - REST)).toBeLessThan(1e-12);
  });

  it('the smallest share of a new node is above the step, the greatest leak below it', () => {
    const smallest = MOST_SHRUNK / (MOST_EDGES * (1 + 1e-5));
    expect(STEP_SLOPE * (smallest - STEP_HIGH)).toBeGreaterThan(GELU_CORNER);
    expect(STEP_SLOPE * (STEP_LOW - MOST_EDGES * Math.exp(-REST))).toBeGreaterThan(GELU_CORNER);
    expect(1 / Math.sqrt(SYMBOLIC_NODES)).toBeGreaterThan(smallest);
  });

  it('members are equal to 2e-4, and the plateau survives float32', () => {
    const residual = 2 / STEP_AMPLITUDE;
    const rounding = (2 * STEP_SLOPE * 2 ** -24) / (STEP_SLOPE * (STEP_HIGH - STEP_LOW));
    expect(residual + 2 * rounding).toBeLessThan(2e-4);
  });

  it('the thought through the head is as good as certain of its members', () => {
    const least = (2 * UNIT ** 2) / Math.sqrt(SYMBOLIC_NODES);
    expect((40 - SYMBOLIC_NODES) * Math.exp(-least)).toBeLessThan(1e-9 * SYMBOLIC_NODES);
  });

  it('the candidate head works at [A] and rests elsewhere', () => {
    expect(Math.exp(CANDIDATE_REST - CANDIDATE)).toBeLessThan(1e-10);
    expect(POSITIONS * Math.exp(-CANDIDATE_REST)).toBeLessThan(1e-8);
    expect(GATE_SLOPE * CANDIDATE_THRESHOLD).toBeGreaterThan(GELU_CORNER);
    expect(GATE_SLOPE * (CANDIDATE_SHARE - CANDIDATE_THRESHOLD)).toBeGreaterThan(GELU_CORNER);
  });

  it('the tie-break is above rounding and below all evidence', () => {
    // Relative error 5e-7 of a score in float32: eight roundings.
    expect(2 * TIE_BREAK).toBeGreaterThan(8 * CANDIDATE * 5e-7);
    expect(CANDIDATE_GATE * TIE_BREAK).toBeLessThan(REACHED_LOW / 50);
  });

  it('a candidate is reached or not, without anything between', () => {
    const corner = GELU_CORNER / REACHED_SLOPE;
    expect(REACHED_LOW - CANDIDATE_GATE * TIE_BREAK).toBeGreaterThan(corner);
    expect(1 / Math.sqrt(SYMBOLIC_NODES) - REACHED_HIGH).toBeGreaterThan(corner);
    expect(REACHED_LOW - (1 - CANDIDATE_GATE * CANDIDATE_SHARE)).toBeGreaterThan(corner);
  });

  it('the end is written at full height, and nowhere else', () => {
    expect(GATE_SLOPE * END_THRESHOLD).toBeGreaterThan(GELU_CORNER);
    expect((MOST_SHRUNK - END_THRESHOLD) / (1 - END_THRESHOLD)).toBeGreaterThan(0.8);
  });
});
