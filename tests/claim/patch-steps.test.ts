import { describe, expect, it } from 'vitest';
import { patchSteps } from '../../src/claim/patch-steps.js';

describe('patchSteps', () => {
  it('puts those first that are patched longest, so that every step takes the first so many', () => {
    const { order, steps } = patchSteps([2, 4, 3], 6);
    expect(order).toEqual([1, 2, 0]);
    expect(steps).toEqual([
      { thought: 1, indices: [1, 2, 0] },
      { thought: 2, indices: [1, 2, 0] },
      { thought: 3, indices: [1, 2] },
      { thought: 4, indices: [1] },
    ]);
  });

  it('ends with the last of k thoughts, and has no step of nothing', () => {
    expect(patchSteps([5, 9], 2).steps.map(({ thought }) => thought)).toEqual([1, 2]);
    expect(patchSteps([], 3)).toEqual({ order: [], steps: [] });
  });
});
