import { describe, expect, it } from 'vitest';
import { formatFraction, formatMagnitude, formatProbability } from '../../../src/drawing/numbers.js';
import { intervalCell, valueCell } from '../../../src/readout/kit/text-table.js';

describe('numbers in tables', () => {
  it('writes fractions with three decimals, and 1 only for 1', () => {
    expect([0.6424, 0, 1, -0.0312, -1, 0.00004].map(formatFraction)).toEqual(['.642', '.000', '1.00', '-.031', '-1.00', '<.001']); // prettier-ignore
    expect([0.9994, 0.99996, -0.99996, 1 + 1e-12].map(formatFraction)).toEqual(['.999', '.999', '-.999', '1.00']);
    expect([-0.0001, 1e-33, 0.0005, 0, -0].map(formatFraction)).toEqual(['>-.001', '<.001', '.001', '.000', '.000']); // prettier-ignore
  });

  it('writes probabilities of any size', () => {
    expect([0.24314, 0.001, 3.21e-7, 0, 1, 0.99999].map(formatProbability)).toEqual(['.2431', '.0010', '3.2e-7', '0', '1.000', '.9999']); // prettier-ignore
  });

  it('writes magnitudes with about three digits', () => {
    expect([1.234, -9.996, 12.36, 99.96, 812.4, -0.001].map(formatMagnitude)).toEqual(['1.23', '-10.0', '12.4', '100', '812', '-.0010']); // prettier-ignore
    expect([-0.0022, 0.00994, 0.00996, 0.00034, -3.21e-5, 0, -1e-17, 0.5].map(formatMagnitude)).toEqual(['-.0022', '.0099', '.01', '.00034', '-3.2e-5', '.00', '.00', '.50']); // prettier-ignore
  });

  it('says where there is no interval, or no number', () => {
    const estimate = { value: 0.5, low: 0.25, high: 0.75, n: 20, clusters: 20 };
    expect(intervalCell(estimate, formatFraction)).toBe('.500 [.250 .750]');
    expect(intervalCell({ ...estimate, low: null, high: null }, formatFraction)).toBe('.500 [-]');
    expect(intervalCell({ ...estimate, value: null, low: null, high: null }, formatFraction)).toBe('-');
    expect(intervalCell({ ...estimate, low: 0.5, high: 0.5 }, formatFraction)).toBe('.500 [=]');
    // Sums in another order differ in their last bits.
    expect(intervalCell({ ...estimate, low: 0.5 - 1e-16, high: 0.5 + 1e-16 }, formatFraction)).toBe('.500 [=]');
    expect(intervalCell({ ...estimate, low: 0.4999, high: 0.5001 }, formatFraction)).toBe('.500 [.500 .500]');
    expect(intervalCell({ ...estimate, value: 2e-6, low: 1e-6, high: 3e-6 }, formatFraction)).toBe('<.001 [<.001]');
    expect(intervalCell({ ...estimate, value: 2e-4, low: 0, high: 2e-3 }, formatFraction)).toBe('<.001 [.000 .002]');
    expect(valueCell(estimate, formatFraction)).toBe('.500');
    expect(valueCell({ ...estimate, value: null }, formatFraction)).toBe('-');
  });
});
