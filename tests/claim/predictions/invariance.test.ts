import { describe, expect, it } from 'vitest';
import { invariance } from '../../../src/claim/predictions/f14-invariance.js';
import { PLAINLY } from './plainly.js';

type Observed = Parameters<typeof invariance.judge>[0];

/** 200 graphs, all answered correctly, and in another order as well; with other numbers, a tenth of them. */
const observed = (ascending: (i: number) => boolean): Observed =>
  Array.from({ length: 200 }, (_, i) => ({
    graph: `graph ${i}`,
    ascending: ascending(i),
    correct: 1,
    permuted: { 'order of the sentences': 1, 'node numbers': Number(i % 10 === 0) },
  }));

describe('F14', () => {
  it('contradicts where answers suffer from other node numbers, if those asked about were drawn like the others', () => {
    expect(
      invariance.judge(
        observed((i) => i > 0),
        PLAINLY,
        [],
      ),
    ).toMatchObject({
      verdict: 'contradicts',
      reason: 'answers suffer from another order or other names (other node numbers)',
    });
  });

  it('decides nothing by node numbers where the model may have seen one numbering only', () => {
    const { verdict, reason, criteria } = invariance.judge(
      observed(() => true),
      PLAINLY,
      [],
    );
    expect([verdict, reason]).toEqual([
      'undetermined',
      'other node numbers: answers suffer, but all items number nodes as they were created, and the model may never have seen other numbers',
    ]);
    // Of the excess over a coin: (.1 - .5) / (1 - .5).
    expect(criteria.map((one) => [one.name, one.verdict, one.estimate.value])).toEqual([
      ['another order of the sentences', 'supports', 1],
      ['other node numbers', 'undetermined', expect.closeTo(-0.8, 12)],
    ]);
  });

  it('exempts node numbers alone', () => {
    const shaken = observed(() => true).map((one) => ({
      ...one,
      permuted: { ...one.permuted, 'order of the sentences': 0 },
    }));
    expect(invariance.judge(shaken, PLAINLY, [])).toMatchObject({
      verdict: 'contradicts',
      reason: 'answers suffer from another order or other names (another order of the sentences)',
    });
  });

  it('holds no errors against a search: what counts is how many answers are right, not which', () => {
    // A fifth of the answers is wrong, and of the same number of others in another order.
    const errs = (shift: number): Observed =>
      Array.from({ length: 300 }, (_, i) => ({
        graph: `graph ${i}`,
        ascending: false,
        correct: Number(i % 5 > 0),
        permuted: { 'order of the sentences': Number((i + shift) % 5 > 0) },
      }));
    const [same, others] = [0, 1].map((shift) => invariance.judge(errs(shift), PLAINLY, []));
    expect([same, others].map(({ criteria }) => criteria[0].estimate.value)).toEqual([1, 1]);
    expect(same.verdict).toBe('supports');
    // Answers that differ in two of five items say less surely that as many are right.
    expect(others.verdict).toBe('undetermined');
  });

  it('leaves out permutations that were not asked about', () => {
    const named = observed(() => false).map((one) => ({ ...one, permuted: { names: 1 } }));
    const { criteria } = invariance.judge(named, PLAINLY, []);
    expect(criteria.map(({ name, verdict }) => [name, verdict])).toEqual([['other names', 'supports']]);
  });
});
