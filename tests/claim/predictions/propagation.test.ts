import { describe, expect, it } from 'vitest';
import { layerAt, PLAIN, thoughtsNeeded, type Alignment } from '../../../src/claim/alignment.js';
import { propagation } from '../../../src/claim/predictions/f16-propagation.js';
import type { Finding } from '../../../src/claim/prediction.js';

const aligned = (alignment: Alignment): Parameters<typeof propagation.judge>[1] => ({
  alignment: { of: () => alignment, agreed: alignment },
});

/**
 * Graphs whose other root has its answer at depths 3 and 4: how often the answer turns to it with just as many thoughts as a search
 * needs, by that number; it never does with others. And what the first thought after the donor's shows of which layer.
 */
function observed(
  turned: (needed: number) => number,
  { alignment = PLAIN, n = 80 }: { alignment?: Alignment; n?: number } = {},
): Parameters<typeof propagation.judge>[0] {
  return Array.from({ length: n }, (_, i) => {
    const depth = 3 + (i % 2);
    const thoughts = Array.from({ length: depth }, (_, t) => t + 1);
    const layers = Array.from({ length: depth }, (_, d) => d + 1);
    const found = thoughts.map((t) => {
      const needed = thoughtsNeeded(alignment, t, depth);
      return [0, 1, 2, 3].map((left) => (left === needed ? turned(needed) : 0));
    });
    return {
      graph: `graph ${i}`,
      depth,
      stalled: found,
      // It is not practised in answering after fewer thoughts, and so not asked to.
      atOnce: found.map((after) => after.map(() => 0)),
      ownDepth: depth,
      own: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1],
      layers: layers.slice(0, -1).map(() => ({ size: 5, leading: 1 })),
      // The thought after t shows the layer that it has reached, and nothing else of the other search.
      shown: thoughts.map((t) => layers.map((layer) => (layer === layerAt(alignment, t + 1) ? 0.9 : 0.2))),
      before: thoughts.map(() => layers.map(() => 0.4)),
    };
  });
}

const judged = (turned: (needed: number) => number): Finding => propagation.judge(observed(turned), aligned(PLAIN), []);

const [ONE, MORE] = ['1 step', '2 or more steps'].map((words) => `turned, ${words} to go`);

describe('F16', () => {
  it('supports a search: answers turn with as many thoughts as it needs, whatever is to go', () => {
    const { verdict, criteria } = judged(() => 1);
    expect(verdict).toBe('supports');
    expect(criteria.map(({ name }) => name)).toEqual([ONE, MORE]);
    for (const { estimate } of criteria) expect(estimate.value).toBe(1);
  });

  it.each([
    ['stays', 0, -1],
    ['is lost', 0.5, 0],
  ])('contradicts where the answer %s', (_, turned, value) => {
    const { verdict, criteria } = judged(() => turned);
    expect(verdict).toBe('contradicts');
    for (const { estimate } of criteria) expect(estimate.value).toBe(value);
  });

  it('contradicts what is searched on over one thought alone', () => {
    const { verdict, criteria } = judged((needed) => Number(needed === 1));
    expect(verdict).toBe('contradicts');
    expect(criteria.map((one) => one.verdict)).toEqual(['supports', 'contradicts']);
  });

  it('leaves open what is carried on by some', () => {
    expect(judged(() => 0.78).verdict).toBe('undetermined');
  });

  it.each([
    PLAIN,
    { stride: 1, offset: 1, lastSteps: 0 },
    { stride: 1, offset: -1, lastSteps: 0 },
    { stride: 2, offset: 0, lastSteps: 0 },
  ])(
    'measures what the next thought shows of the layer that it reaches: stride $stride, offset $offset',
    (alignment) => {
      const found = observed(() => 1, { alignment });
      const { measures } = propagation.judge(found, aligned(alignment), []);
      const value = (name: string): number | null | undefined =>
        measures.find((one) => one.name === name)?.estimate.value;
      expect(value('the next thought shows the next layer')).toBeCloseTo(0.9, 12);
      expect(value('the same thought before')).toBeCloseTo(0.4, 12);
    },
  );

  it('has nothing to say where no twin was found', () => {
    expect(propagation.judge([], aligned(PLAIN), [])).toMatchObject({
      verdict: 'undetermined',
      reason: `too few graphs for ${ONE} (0; at least 30)`,
    });
  });
});
