import { describe, expect, it } from 'vitest';
import { layerAt, PLAIN, type Alignment } from '../../../src/claim/alignment.js';
import { propagation } from '../../../src/claim/predictions/f16-propagation.js';
import type { Finding } from '../../../src/claim/prediction.js';

const aligned = (alignment: Alignment): Parameters<typeof propagation.judge>[1] => ({
  alignment: { of: () => alignment, agreed: alignment },
});

/**
 * Graphs whose other root has its answer at depths 3 and 4: how often the answer turns to it, by the layer that a patched thought
 * has reached, and what the next thought shows of which layer.
 */
function observed(
  turned: (layer: number, depth: number) => number,
  { alignment = PLAIN, n = 80 }: { alignment?: Alignment; n?: number } = {},
): Parameters<typeof propagation.judge>[0] {
  return Array.from({ length: n }, (_, i) => {
    const depth = 3 + (i % 2);
    const thoughts = Array.from({ length: depth }, (_, t) => t + 1);
    const layers = Array.from({ length: depth }, (_, d) => d + 1);
    return {
      graph: `graph ${i}`,
      depth,
      donor: Number(Math.floor(i / 2) % 20 > 0),
      found: thoughts.map((t) => turned(layerAt(alignment, t), depth)),
      layers: layers.slice(0, -1).map(() => ({ size: 5, leading: 1 })),
      // The thought after t shows the layer that it has reached, and nothing else of the other search.
      shown: thoughts.map((t) => layers.map((layer) => (layer === layerAt(alignment, t + 1) ? 0.9 : 0.2))),
      before: thoughts.map(() => layers.map(() => 0.4)),
    };
  });
}

const judged = (turned: (layer: number, depth: number) => number): Finding =>
  propagation.judge(observed(turned), aligned(PLAIN), []);

const [ONE, TWO, MORE] = ['1 thought', '2 thoughts', '3 or more thoughts'].map((words) => `turned, ${words} to go`);

describe('F16', () => {
  it('supports a search: answers turn as often as the donors’ own are right, whatever is to go', () => {
    const { verdict, criteria } = judged((layer, depth) => (layer < depth ? 0.95 : 0));
    expect(verdict).toBe('supports');
    expect(criteria.map(({ name }) => name)).toEqual([ONE, TWO, MORE]);
    for (const { estimate } of criteria) expect(estimate.value).toBeCloseTo(1, 12);
  });

  it.each([
    ['stays', 0, -1],
    ['is lost', 0.5, 0],
  ])('contradicts where the answer %s', (_, turned, value) => {
    const { verdict, criteria } = judged(() => turned);
    expect(verdict).toBe('contradicts');
    // .95 of the donors are right: a share of .9 of the excess.
    for (const { estimate } of criteria) expect(estimate.value).toBeCloseTo(value / 0.9, 12);
  });

  it('contradicts what is searched on over one thought alone', () => {
    const { verdict, criteria } = judged((layer, depth) => (depth - layer === 1 ? 0.95 : 0));
    expect(verdict).toBe('contradicts');
    expect(criteria.map((one) => one.verdict)).toEqual(['supports', 'contradicts', 'contradicts']);
  });

  it('leaves open what is carried on by some', () => {
    expect(judged(() => 0.78).verdict).toBe('undetermined');
  });

  it.each([PLAIN, { stride: 1, offset: 1 }, { stride: 1, offset: -1 }, { stride: 2, offset: 0 }])(
    'measures what the next thought shows of the layer that it reaches: stride $stride, offset $offset',
    (alignment) => {
      const found = observed((layer, depth) => Number(layer < depth), { alignment });
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
