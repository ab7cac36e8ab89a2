import { describe, expect, it } from 'vitest';
import {
  isCorrect,
  isFlip,
  isMostlyOther,
  logitDifference,
  otherMass,
  preference,
  type Answer,
} from '../../src/intervention/index.js';

const answer = (target: number, decoy: number): Answer => ({ target: Math.log(target), decoy: Math.log(decoy) });

describe('logitDifference', () => {
  it('is the logarithm of the ratio of the two probabilities', () => {
    expect(logitDifference(answer(0.6, 0.2))).toBeCloseTo(Math.log(3), 12);
    expect(logitDifference({ target: -802, decoy: -800 })).toBe(-2);
    expect(logitDifference({ target: -Infinity, decoy: -Infinity })).toBe(0);
  });
});

describe('preference', () => {
  it('is the share of the two probabilities, in percent', () => {
    expect(preference(answer(0.6, 0.2))).toBeCloseTo(75, 12);
    expect(preference(answer(0.003, 0.001))).toBeCloseTo(75, 12);
    expect(preference(answer(0.1, 0.1))).toBe(50);
  });

  it('is exact where both probabilities underflow', () => {
    // exp(-800) is 0 in float64; 100 / (1 + exp(-2)) = 88.0797...
    expect(preference({ target: -800, decoy: -802 })).toBeCloseTo(88.07970779778823, 10);
    expect(preference({ target: -2000, decoy: -100 })).toBe(0);
    expect(preference({ target: -100, decoy: -Infinity })).toBe(100);
    expect(preference({ target: -Infinity, decoy: -Infinity })).toBe(50);
  });
});

describe('otherMass', () => {
  it('is what is left of the probability', () => {
    expect(otherMass(answer(0.6, 0.1))).toBeCloseTo(0.3, 12);
    expect(otherMass({ target: 0, decoy: Math.log(1e-7) })).toBe(0);
    expect(otherMass({ target: -800, decoy: -Infinity })).toBe(1);
  });

  it('counts from a half on', () => {
    expect([answer(0.25, 0.25), answer(0.3, 0.25)].map(isMostlyOther)).toEqual([true, false]);
  });
});

describe('isFlip', () => {
  it('is a drop of 50 points or more, and no rise', () => {
    expect(isFlip(answer(1, 0), answer(0.5, 0.5))).toBe(true);
    expect(isFlip(answer(0.9, 0.1), answer(0.41, 0.59))).toBe(false);
    expect(isFlip(answer(0.1, 0.9), answer(0.9, 0.1))).toBe(false);
  });
});

describe('right', () => {
  it('gives a tie half', () => {
    expect([answer(0.2, 0.1), answer(0.1, 0.2), answer(0.1, 0.1)].map(isCorrect)).toEqual([1, 0, 0.5]);
  });
});
