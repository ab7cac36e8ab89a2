import { describe, expect, it } from 'vitest';
import { autoItems } from '../../src/cli/commands/claim.js';

describe('claim --n auto', () => {
  it('asks for what the pilot needs and a third more, between 100 and 1000', () => {
    expect(autoItems({ verdict: 'undetermined', itemsNeeded: 170 })).toBe(230);
    expect(autoItems({ verdict: 'undetermined', itemsNeeded: 62 })).toBe(100);
    expect(autoItems({ verdict: 'undetermined', itemsNeeded: 5000 })).toBe(1000);
  });

  it('asks for few where a pilot decides, and as many as ever where more would not', () => {
    expect(autoItems({ verdict: 'supports', itemsNeeded: null })).toBe(100);
    expect(autoItems({ verdict: 'undetermined', itemsNeeded: null })).toBe(300);
    expect(autoItems({ verdict: 'contradicts', itemsNeeded: null })).toBe(300);
  });
});
