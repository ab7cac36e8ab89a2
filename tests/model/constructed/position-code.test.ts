import { describe, expect, it } from 'vitest';
import { POSITIONS } from '../../../src/model/constructed/bfs-constants.js';
import {
  GREATEST_SIDE_LOBE,
  PARITY_FEATURE,
  POSITION_SQUARED_NORM,
  positionCode,
} from '../../../src/model/constructed/position-code.js';

const codes = Array.from({ length: POSITIONS + 2 }, (_, t) => new Map(positionCode(t)));
const product = (s: number, t: number): number =>
  [...codes[s]].reduce((sum, [feature, value]) => sum + value * (codes[t].get(feature) ?? 0), 0);

describe('position code', () => {
  it('has the same norm everywhere, and an inner product that depends on the distance alone', () => {
    for (let t = 0; t < POSITIONS; t++) expect(product(t, t)).toBeCloseTo(POSITION_SQUARED_NORM, 12);
    for (const distance of [1, 2, 7, 100]) {
      for (const t of [0, 1, 50, 120]) expect(product(t, t + distance)).toBeCloseTo(product(0, distance), 12);
    }
  });

  it('tells apart all positions that a head can confuse: no side lobe above the stated one', () => {
    const lobes = Array.from({ length: POSITIONS + 1 }, (_, i) => product(0, i + 1) / POSITION_SQUARED_NORM);
    expect(Math.max(...lobes)).toBeLessThanOrEqual(GREATEST_SIDE_LOBE);
    expect(Math.max(...lobes)).toBeGreaterThan(GREATEST_SIDE_LOBE - 1e-3);
  });

  it('holds the parity', () => {
    codes.forEach((code, t) => expect(code.get(PARITY_FEATURE)).toBe(t % 2 === 0 ? 1 : -1));
  });
});
