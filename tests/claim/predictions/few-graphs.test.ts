import { describe, expect, it } from 'vitest';
import { neutral } from '../../../src/claim/predictions/f03-neutral.js';
import { rivals } from '../../../src/claim/predictions/f09-rivals.js';
import { PLAINLY } from './plainly.js';

type Neutral = Parameters<typeof neutral.judge>[0][number];
type Rivals = Parameters<typeof rivals.judge>[0][number];

/** 290 graphs where the distance points to the target, and `against` more items where it points to the decoy. */
function distances(against: readonly { graph: string; correct: number }[]): Neutral[] {
  const shortcuts = { degree: undefined, depth: undefined };
  return [
    ...Array.from({ length: 290 }, (_, i): Neutral => ({
      graph: `graph ${i}`,
      correct: Number(i % 20 > 0),
      shortcuts: { ...shortcuts, distance: 1 },
    })),
    ...against.map((one): Neutral => ({ ...one, shortcuts: { ...shortcuts, distance: 0 } })),
  ];
}

const wrong = (items: number, graphs: number): { graph: string; correct: number }[] =>
  Array.from({ length: items }, (_, i) => ({ graph: `against ${i % graphs}`, correct: 0 }));

describe('F3', () => {
  const judged = (against: readonly { graph: string; correct: number }[]): [string | undefined, string] => {
    const { criteria, verdict } = neutral.judge(distances(against), PLAINLY, []);
    return [criteria.find(({ name }) => name === 'distance followed')?.verdict, verdict];
  };

  it('decides nothing by a shortcut that misleads on few graphs, whatever the items', () => {
    expect(judged(wrong(10, 1))).toEqual([undefined, 'supports']);
    expect(judged(wrong(9, 9))).toEqual([undefined, 'supports']);
    expect(judged(wrong(60, 9))).toEqual([undefined, 'supports']);
    expect(judged(wrong(10, 10))).toEqual(['contradicts', 'contradicts']);
  });

  it('has no interval where the smaller side has too few graphs for one', () => {
    const { measures } = neutral.judge(distances(wrong(12, 5)), PLAINLY, []);
    const { estimate } = measures.find(({ name }) => name === 'distance followed') ?? {};
    expect(estimate).toMatchObject({ n: 302, clusters: 5, low: null, high: null });
  });

  it('is undetermined where every comparison is of few graphs', () => {
    const few = distances(wrong(12, 5)).map((one) => ({
      ...one,
      shortcuts: { ...one.shortcuts, degree: 1, depth: 1 } as const,
    }));
    expect(neutral.judge(few, PLAINLY, [])).toMatchObject({ verdict: 'undetermined' });
  });
});

describe('F9', () => {
  /** A search that is always correct; two items a graph, the first `twins` of them with a twin. */
  const observed = (twins: number): Rivals[] =>
    Array.from({ length: 200 }, (_, i) => ({
      graph: `graph ${Math.floor(i / 2)}`,
      correct: 1,
      orphaned: 1,
      twin: i < twins ? 1 : undefined,
      cut: i % 2,
    }));

  it.each([28, 30, 58, 60])('supports with %d twins: too few graphs of them are no criterion', (twins) => {
    const { verdict, criteria, reason } = rivals.judge(observed(twins), PLAINLY, []);
    expect(verdict).toBe('supports');
    expect(criteria.map(({ name }) => name).includes('deeper decoy')).toBe(twins === 60);
    expect(reason.includes(`only ${twins / 2} graphs`)).toBe(twins < 60);
  });
});
