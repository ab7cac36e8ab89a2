import { describe, expect, it } from 'vitest';
import { controls } from '../../../src/claim/predictions/f02-controls.js';
import { PLAINLY } from './plainly.js';

type Compared = Parameters<typeof controls.judge>[0][number];

const observed = (falls: Readonly<Record<string, number>>): Compared[] =>
  Array.from({ length: 40 }, (_, i) => ({ graph: `graph ${i}`, falls, breadth: [] }));

describe('F2', () => {
  it('compares under the ablations that both models have', () => {
    const own = observed({ pad: 0.5, zero: 0.4, donor: 1 });
    const beyond = (falls: Readonly<Record<string, number>>): number | null =>
      controls.judge(own, PLAINLY, [{ name: 'pause', observations: observed(falls) }]).criteria[0].estimate.value;
    expect(beyond({ pad: 0.2, zero: 0.2 })).toBeCloseTo((0.3 + 0.2) / 2, 12);
    expect(beyond({ zero: 0.4 })).toBe(0);
    expect(beyond({ other: 0.4 })).toBeNull();
  });
});
