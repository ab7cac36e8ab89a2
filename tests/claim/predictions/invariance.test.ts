import { describe, expect, it } from 'vitest';
import { invariance } from '../../../src/claim/predictions/f14-invariance.js';
import { PLAINLY } from './plainly.js';

/** 60 graphs whose answers stay in another order; a tenth of them with other numbers. */
const observed = (ascending: (i: number) => boolean): Parameters<typeof invariance.judge>[0] =>
  Array.from({ length: 60 }, (_, i) => ({
    graph: `graph ${i}`,
    ascending: ascending(i),
    same: { 'order of the sentences': 1, 'node numbers': Number(i % 10 === 0) },
  }));

describe('F14', () => {
  it('contradicts where answers change with node numbers, if those asked about were drawn like the others', () => {
    expect(
      invariance.judge(
        observed((i) => i > 0),
        PLAINLY,
        [],
      ),
    ).toMatchObject({
      verdict: 'contradicts',
      reason: 'answers change with order or names (other node numbers)',
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
      'other node numbers: answers change, but all items number nodes as they were created, and the model may never have seen other numbers',
    ]);
    expect(criteria.map((one) => [one.name, one.verdict, one.estimate.value])).toEqual([
      ['another order of the sentences', 'supports', 1],
      ['other node numbers', 'undetermined', 0.1],
    ]);
  });

  it('exempts node numbers alone', () => {
    const shaken = observed(() => true).map((one) => ({ ...one, same: { ...one.same, 'order of the sentences': 0 } }));
    expect(invariance.judge(shaken, PLAINLY, [])).toMatchObject({
      verdict: 'contradicts',
      reason: 'answers change with order or names (another order of the sentences)',
    });
  });
});
