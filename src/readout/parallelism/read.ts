import { itemSearch } from '../../dataset/index.js';
import { quantile, type BootstrapOptions } from '../../statistics/index.js';
import { GraphEstimates } from '../kit/graph-estimates.js';
import { range, readoutHead } from '../kit/readout-result.js';
import { normalised, type ValueObservation } from '../kit/value-observation.js';
import type { ParallelismReadout, ParallelismScale } from './schema.js';

/** At which percentiles the curves are given. */
export const PERCENTILES: readonly number[] = range(21).map((i) => 5 * i);

/** Cumulative values of the highest candidates of an item, by how many are counted. */
const TOP_COUNTS = [1, 2, 3] as const;

/**
 * Sorts the values of the candidates after c thoughts, the nodes at depth c, within each item.
 *
 * @throws RangeError if `resamples` or `level` is out of range
 */
export function readParallelism(
  observations: readonly ValueObservation[],
  options: BootstrapOptions,
): ParallelismReadout {
  const found = new GraphEstimates();
  const tops = new Map<string, number[]>();
  for (const { item, values } of observations) {
    found.startItem(item);
    const search = itemSearch(item);
    values.forEach((own, i) => {
      const candidates = search.atDepth(i + 1);
      if (candidates.length === 0) return;
      const raw = candidates.map((node) => own[node]);
      addScale(found, tops, `${i + 1} raw`, raw);
      const shares = normalised(own, candidates);
      if (shares === undefined) return;
      addScale(found, tops, `${i + 1} normalised`, shares);
      addScale(
        found,
        tops,
        `${i + 1} uniform`,
        candidates.map(() => 1 / candidates.length),
      );
    });
  }
  const estimate = found.estimates(options);
  const scaleOf = (key: string): ParallelismScale => ({
    top1: estimate(`${key} top1`),
    top2: estimate(`${key} top2`),
    top3: estimate(`${key} top3`),
    curves: {
      top1: curve(tops.get(`${key} top1`)),
      top2: curve(tops.get(`${key} top2`)),
      top3: curve(tops.get(`${key} top3`)),
    },
    second: estimate(`${key} second`),
    third: estimate(`${key} third`),
  });
  return {
    ...readoutHead('parallelism', found, options),
    scorer: observations.at(0)?.scorer ?? null,
    percentiles: PERCENTILES,
    perThought: range(Math.max(0, ...observations.map(({ values }) => values.length))).map((i) => {
      const { top1, second, third } = scaleOf(`${i + 1} uniform`);
      return {
        thought: i + 1,
        raw: scaleOf(`${i + 1} raw`),
        normalised: scaleOf(`${i + 1} normalised`),
        uniform: { top1, second, third },
      };
    }),
  };
}

function addScale(found: GraphEstimates, tops: Map<string, number[]>, key: string, values: readonly number[]): void {
  const sorted = [...values].sort((a, b) => b - a);
  for (const count of TOP_COUNTS) {
    const sum = sorted.slice(0, count).reduce((a, b) => a + b, 0);
    found.addMean(`${key} top${count}`, sum);
    const all = tops.get(`${key} top${count}`) ?? [];
    all.push(sum);
    tops.set(`${key} top${count}`, all);
  }
  if (sorted.length >= 2) found.addMean(`${key} second`, sorted[1]);
  if (sorted.length >= 3) found.addMean(`${key} third`, sorted[2]);
}

function curve(values: readonly number[] | undefined): (number | null)[] {
  const sorted = [...(values ?? [])].sort((a, b) => a - b);
  return PERCENTILES.map((percent) => (sorted.length === 0 ? null : quantile(sorted, percent / 100)));
}
