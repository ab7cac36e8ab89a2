import { describe, expect, it } from 'vitest';
import {
  alignColumns,
  formatFraction,
  formatMagnitude,
  formatProbability,
  intervalCell,
  valueCell,
} from '../../src/readout/text-table.js';

describe('numbers in tables', () => {
  it('writes fractions with three decimals, and 1 only for 1', () => {
    expect([0.6424, 0, 1, -0.0312, -1, 0.00004].map(formatFraction)).toEqual(['.642', '.000', '1.00', '-.031', '-1.00', '.000']); // prettier-ignore
    expect([0.9994, 0.99996, -0.99996, 1 + 1e-12].map(formatFraction)).toEqual(['.999', '.999', '-.999', '1.00']);
    expect(formatFraction(-0.0001)).toBe('.000');
  });

  it('writes probabilities of any size', () => {
    expect([0.24314, 0.001, 3.21e-7, 0, 1, 0.99999].map(formatProbability)).toEqual(['.2431', '.0010', '3.2e-7', '0', '1.000', '.9999']); // prettier-ignore
  });

  it('writes magnitudes with about three digits', () => {
    expect([1.234, -9.996, 12.36, 99.96, 812.4, -0.001].map(formatMagnitude)).toEqual(['1.23', '-10.0', '12.4', '100', '812', '0.00']); // prettier-ignore
  });

  it('says where there is no interval, or no number', () => {
    const estimate = { value: 0.5, low: 0.25, high: 0.75, n: 20, clusters: 20 };
    expect(intervalCell(estimate, formatFraction)).toBe('.500 [.250 .750]');
    expect(intervalCell({ ...estimate, low: null, high: null }, formatFraction)).toBe('.500 [-]');
    expect(intervalCell({ ...estimate, value: null, low: null, high: null }, formatFraction)).toBe('-');
    expect(valueCell(estimate, formatFraction)).toBe('.500');
    expect(valueCell({ ...estimate, value: null }, formatFraction)).toBe('-');
  });
});

describe('alignColumns', () => {
  it('aligns words left and numbers right', () => {
    const text = alignColumns([['name', 'n', 'rate'], ['a', '300', '.5'], ['longer', '7', '-.25']], 1); // prettier-ignore
    expect(text).toBe('name      n  rate\na       300    .5\nlonger    7  -.25');
  });
});
