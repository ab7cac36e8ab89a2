import type { Estimate } from '../statistics/index.js';
import type { PredictionResult } from './correct-for-tests.js';
import type { PredictionId } from './prediction.js';
import { FOUND_PAST } from './predictions/f06-edge-swap.js';
import { DEEPER_DECOY, NO_PATH, ORPHANED } from './predictions/f09-rivals.js';
import { KEPT } from './predictions/f15-scrubbing.js';
import { TURNED } from './predictions/f16-propagation.js';
import { FOUND_TOO_EARLY, FOUND_WITHOUT } from './unsearched-criteria.js';

/** One other way in which right answers can come about, and criteria that see it. */
interface OtherWay {
  readonly test: PredictionId;
  /** By how the names of criteria begin, what of their number, 1 at most, is the share of this other way. */
  readonly seenBy: Readonly<Record<string, (value: number) => number>>;
}

const rest = (value: number): number => 1 - value;
const same = (value: number): number => value;

/** All that bound the share of right answers which is searched for. */
export const OTHER_WAYS: readonly OtherWay[] = [
  { test: 'F6', seenBy: { [FOUND_PAST]: rest } },
  // Of answers that elimination gives, it gives half to a candidate by chance where it is .5.
  { test: 'F9', seenBy: { [ORPHANED]: rest, [NO_PATH]: (value) => 2 * value - 1 } },
  { test: 'F9', seenBy: { [DEEPER_DECOY]: rest } },
  { test: 'F15', seenBy: { [KEPT]: rest } },
  // Both see what comes from the prompt; what is carried in a thought is not kept either.
  { test: 'F15', seenBy: { [FOUND_TOO_EARLY]: same, [FOUND_WITHOUT]: same } },
  { test: 'F16', seenBy: { [TURNED]: rest } },
];

/**
 * The share of the right answers that is searched for, chance taken off, if no two other ways are those of the same answers: 1
 * less what all of them have. Of several criteria that see one way, the largest estimate counts, and the largest ends. The interval is
 * MOVER's (square and add) of independent parts; those of different answers make each other smaller, so that it is wide enough.
 *
 * @returns undefined where no criterion has an interval
 */
export function searchedShare(results: readonly PredictionResult[]): Estimate | undefined {
  const ways = OTHER_WAYS.flatMap(({ test, seenBy }) => {
    const criteria = results.find(({ id }) => id === test)?.criteria ?? [];
    const seen = criteria.flatMap(({ name, estimate: { value, low, high, clusters } }) => {
      const share = Object.entries(seenBy).find(([start]) => name.startsWith(start))?.[1];
      if (share === undefined || value === null || low === null || high === null) return [];
      // Which end is the lower depends on the direction. Fewer than none are none.
      const [least, greatest] = [share(low), share(high)].sort((a, b) => a - b).map((one) => Math.max(0, one));
      return [{ value: Math.max(0, share(value)), least, greatest, clusters }];
    });
    if (seen.length === 0) return [];
    const most = (of: (one: (typeof seen)[number]) => number): number => Math.max(...seen.map(of));
    return [
      {
        value: most((one) => one.value),
        least: most((one) => one.least),
        greatest: most((one) => one.greatest),
        clusters: Math.min(...seen.map((one) => one.clusters)),
      },
    ];
  });
  if (ways.length === 0) return undefined;
  const other = ways.reduce((sum, { value }) => sum + value, 0);
  const below = Math.hypot(...ways.map(({ value, greatest }) => greatest - value));
  const above = Math.hypot(...ways.map(({ value, least }) => value - least));
  const clusters = Math.min(...ways.map((way) => way.clusters));
  return { value: 1 - other, low: 1 - other - below, high: 1 - other + above, n: clusters, clusters };
}
