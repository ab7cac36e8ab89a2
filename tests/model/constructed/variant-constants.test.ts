import { describe, expect, it } from 'vitest';
import {
  CANDIDATE_GATE,
  CANDIDATE_SHARE,
  CANDIDATE_THRESHOLD,
  EDGE,
  MOST_EDGES,
  POSITIONS,
  REST,
  STEP_HIGH,
  STEP_LOW,
  STEP_SLOPE,
  TIE_BREAK,
  UNIT,
} from '../../../src/model/constructed/bfs-constants.js';
import * as constants from '../../../src/model/constructed/variant-constants.js';
import { SYMBOLIC_NODES } from '../../../src/tokenizer/index.js';

const c = constants;

/** Beyond this distance from its corner, times the slope, GELU (tanh form) is 0 or x to float32's last places. */
const GELU_CORNER = 5.5;

/** The greatest logit, that of a single token. */
const MOST = 2 * UNIT ** 2;

describe('the inequalities that the variants rest on', () => {
  it('the ballast keeps the norm, whatever 31 nodes add', () => {
    expect(SYMBOLIC_NODES / c.BALLAST ** 2).toBeLessThan(0.002);
  });

  it('loud outweighs quiet, quiet what lies beneath', () => {
    expect((MOST * Math.sqrt(SYMBOLIC_NODES) * c.QUIET) / c.LOUD).toBeLessThan(0.012);
    expect(MOST / c.QUIET).toBeLessThan(0.012);
    expect((c.BALLAST / c.QUIET) ** 2 / 2).toBeLessThan(4e-5);
    expect(SYMBOLIC_NODES * (2 * UNIT * c.LOUD * 2) ** 2).toBeLessThan(3e38);
  });

  it('a head finds what it seeks, or rests', () => {
    expect(POSITIONS * Math.exp(c.SOUGHT_REST - c.SOUGHT)).toBeLessThan(1e-7);
    expect(POSITIONS * Math.exp(-c.SOUGHT_REST)).toBeLessThan(1e-7);
  });

  it('frontier: no visited node is written, whoever points to it', () => {
    const [thoughts, nodes] = [12, 29];
    expect(c.AVOIDED / ((thoughts + 2) * Math.sqrt(nodes))).toBeGreaterThan(1 + 6 / STEP_SLOPE);
    // At [A] such a share is above the step, beside the tie-break.
    const corner = GELU_CORNER / STEP_SLOPE;
    expect(1 / ((thoughts + 2) * Math.sqrt(nodes)) - STEP_HIGH - CANDIDATE_GATE * TIE_BREAK).toBeGreaterThan(corner);
    expect(STEP_LOW - CANDIDATE_GATE * TIE_BREAK).toBeGreaterThan(corner);
  });

  it('greedy: one edge has it all; edges to follow beat resting, resting all else', () => {
    expect((c.TILT * 3) / POSITIONS).toBeGreaterThanOrEqual(24);
    const resting = c.GREEDY_EDGE + c.GREEDY_REST;
    expect(c.GREEDY_EDGE + c.GREEDY_MATCH - resting).toBeGreaterThanOrEqual(64);
    expect(resting - (c.GREEDY_EDGE + c.TILT)).toBeGreaterThanOrEqual(64);
    expect(resting - (c.GREEDY_MATCH + c.TILT)).toBeGreaterThanOrEqual(64);
  });

  it('degree: one edge less is preferred up to 29, rounding is not', () => {
    const share = (score: number): number => 1 / (1 + Math.exp(-score));
    expect(share(c.FEWER / (30 * 31))).toBeGreaterThan(c.PREFERRED.high + GELU_CORNER / c.PREFERRED.slope);
    expect(share(c.FEWER * 2e-5 * 0.5)).toBeLessThan(c.PREFERRED.low - GELU_CORNER / c.PREFERRED.slope);
    expect(POSITIONS * Math.exp(-Math.min(c.SAME_TARGET, c.SAME_EDGE))).toBeLessThan(1e-7);
    expect(c.FEWER_CANDIDATE - c.FEWER).toBeGreaterThan(24);
  });

  it('copy-through: hops follow edges; noise of any size does not look like the mark', () => {
    expect(Math.exp(REST - c.HOP)).toBeLessThan(1e-10);
    expect(MOST_EDGES * Math.exp(-REST)).toBeLessThan(STEP_LOW - GELU_CORNER / STEP_SLOPE);
    expect(c.HOP).toBeLessThan(EDGE);
    const mark = (c.REPORT * c.BALLAST) / Math.hypot(c.REPORT, c.BALLAST);
    // Five standard deviations of a feature, of 256.
    const noise = (5 * c.BALLAST) / Math.sqrt(256);
    expect(c.REPORT_SCORE * (mark / 2 - noise)).toBeGreaterThan(24);
    expect(c.SILENCED / 5).toBeGreaterThan(c.BALLAST);
    // Noise of deviation 1 in each of 39 features against three deviations in `[R]` and in the suspicion's own.
    expect(c.SUSPICION * (39 * (0.8 - c.FOREIGN.threshold) - 3) - 3).toBeGreaterThan(24);
    expect(c.SPOKEN.slope * (1 / 3 - c.SPOKEN.threshold)).toBeGreaterThan(GELU_CORNER);
    expect(c.SPOKEN.slope * c.SPOKEN.threshold).toBeGreaterThan(GELU_CORNER);
  });

  it('elimination: who is charged, who is chosen, what is not found', () => {
    const corner = (slope: number): number => GELU_CORNER / slope;
    expect(1 - c.SOLE.high).toBeGreaterThan(corner(c.SOLE.slope));
    expect(c.SOLE.low - 0.5).toBeGreaterThan(corner(c.SOLE.slope));
    expect(c.SOLE_CHARGE + 2 * 2 - c.SOLE_GATE).toBeLessThan(0);
    expect(Math.exp(-c.CHOICE / (MOST_EDGES + 1))).toBeLessThan(1e-5);
    expect(c.CHOSEN.low - c.BANNED).toBeGreaterThan(corner(c.CHOSEN.slope));
    // A tie of 4, 1 and 1 edges whose scores differ by 1.
    expect(1 / (4 * Math.E + 2) - c.CHOSEN.high).toBeGreaterThan(corner(c.CHOSEN.slope));
    const tie = CANDIDATE_GATE * TIE_BREAK + corner(c.NOT_FOUND.slope);
    expect(-c.NOT_FOUND.high).toBeGreaterThan(tie);
    expect(c.NOT_FOUND.low + 1 / Math.sqrt(SYMBOLIC_NODES)).toBeGreaterThan(tie);
    expect(CANDIDATE_SHARE * CANDIDATE_GATE).toBeGreaterThan(1);
    expect(CANDIDATE_THRESHOLD).toBeGreaterThan(0);
  });
});
