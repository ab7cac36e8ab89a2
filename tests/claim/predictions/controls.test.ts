import { describe, expect, it } from 'vitest';
import type { Alignment } from '../../../src/claim/alignment.js';
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
    // Right with its own thoughts and wrong without, and the control the other way round.
    expect(beyond({ pad: -1, zero: -1, donor: -1 })).toBeCloseTo((1.5 + 1.4 + 2) / 3, 12);
  });

  it('compares the breadth of the layers that the tested model has reached, in both models', () => {
    // [thought][layer]: the model shows layer t + 1 at thought t, the control layer t.
    const showing = (breadth: Compared['breadth']): Compared[] =>
      Array.from({ length: 40 }, (_, i) => ({ graph: `graph ${i}`, falls: {}, breadth }));
    const own = showing([
      [0.1, 0.9],
      [0.2, undefined],
    ]);
    const control = showing([
      [0.8, 0.6],
      [undefined, 0.7],
    ]);
    const beyond = (alignment: Alignment): number | null => {
      const settings = { alignment: { of: () => alignment, agreed: alignment } };
      const { criteria } = controls.judge(own, settings, [{ name: 'pause', observations: control }]);
      return criteria[1].estimate.value;
    };
    expect(beyond({ stride: 1, offset: 1, lastSteps: 0 })).toBeCloseTo(0.9 - 0.6, 12);
    // Thought 1 shows layer 1; of layer 2 at thought 2 only the control says something, which is its mean.
    expect(beyond({ stride: 1, offset: 0, lastSteps: 0 })).toBeCloseTo(0.1 - (0.8 + 0.7) / 2, 12);
  });
});
