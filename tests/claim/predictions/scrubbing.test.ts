import { describe, expect, it } from 'vitest';
import { scrubbing } from '../../../src/claim/predictions/f15-scrubbing.js';
import type { Finding } from '../../../src/claim/prediction.js';
import { beamName } from '../../../src/claim/scrubbed-criteria.js';
import { FOUND_TOO_EARLY, FOUND_WITHOUT } from '../../../src/claim/unsearched-criteria.js';
import { beamOf, foundBy, observed, searching, type Finds } from '../scrubbed-examples.js';
import { PLAINLY } from './plainly.js';

/** A donor's thoughts, the item's own, of which one is held, and how far answers are right without a way there. */
function judged(
  finds: Finds,
  { held = searching, without = 0.5, n = 80 }: { held?: Finds; without?: number; n?: number } = {},
): Finding {
  const observations = observed(finds, { n }).map((one) => {
    const cells = [1, 2, 3].flatMap((thought) => [1, 2].map((left) => ({ thought, left, right: without })));
    return {
      ...one,
      held: [{ depth: one.depth, found: foundBy(held, one.depth) }],
      astray: [{ depth: one.depth, cutAt: 1, from: one.depth - 1, stalled: cells, atOnce: cells }],
    };
  });
  return scrubbing.judge(observations, PLAINLY, []);
}

const failing = ({ criteria }: Finding): string[] =>
  criteria.filter(({ verdict }) => verdict === 'contradicts').map(({ name }) => name);

const [NONE, SHORT] = ['no thought left', 'one step short'];

describe('F15', () => {
  it('supports a search, by what is kept, what comes too early and beams', () => {
    const { verdict, criteria } = judged(searching);
    expect(verdict).toBe('supports');
    expect(criteria.map(({ name }) => name)).toEqual([
      'kept, 1 step to go',
      'kept, 2 or more steps to go',
      `${FOUND_TOO_EARLY}, ${NONE}`,
      `${FOUND_TOO_EARLY}, ${SHORT}`,
      FOUND_WITHOUT,
      beamName(1),
      beamName(2),
      beamName(3),
    ]);
  });

  it('contradicts an answer that is carried or lost', () => {
    expect(failing(judged(() => 0))).toContain('kept, 1 step to go');
    // Of beams as well: where one of three often holds what is needed, a coin is far behind it.
    expect(failing(judged(() => 0.5))).toEqual(
      expect.arrayContaining(['kept, 1 step to go', 'kept, 2 or more steps to go']),
    );
  });

  it('contradicts an answer that is there without a thought', () => {
    const found = judged(searching, { held: () => 1 });
    expect(failing(found)).toEqual([NONE, SHORT].map((words) => `${FOUND_TOO_EARLY}, ${words}`));
  });

  it('contradicts one that is there as soon as a thought is computed, whether or not it suffices', () => {
    const found = judged(searching, { held: ({ left }) => (left > 0 ? 1 : 0.5) });
    expect(failing(found)).toEqual([`${FOUND_TOO_EARLY}, ${SHORT}`]);
  });

  it('contradicts one that is there though the thoughts lack what leads to it', () => {
    const found = judged(searching, { without: 1 });
    expect(failing(found)).toEqual([FOUND_WITHOUT]);
  });

  it('does not support a beam of two', () => {
    const { verdict, criteria } = judged((cell) => (cell.left < cell.needed ? 0.5 : beamOf(2)(cell)));
    const two = criteria.find(({ name }) => name === beamName(2));
    expect(verdict).not.toBe('supports');
    expect(two?.estimate.value).toBeCloseTo(0, 12);
  });

  it('decides nothing by fewer than 30 graphs', () => {
    expect(judged(() => 0, { n: 29 })).toMatchObject({
      verdict: 'undetermined',
      reason: 'too few graphs for kept, 1 step to go (29; at least 30)',
    });
  });
});
