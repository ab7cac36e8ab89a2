import { itemSearch } from '../../dataset/index.js';
import { NODE_CLASSES } from '../../graph/index.js';
import type { ThoughtRecord } from '../../recording/index.js';
import {
  clusterBootstrap,
  ClusterSums,
  DEFAULT_RESAMPLES,
  RankedContrasts,
  toEstimate,
  type BootstrapOptions,
  type Estimate,
} from '../../statistics/index.js';
import { AUC_CONTRAST_NAMES, NUMBERED_CONTRASTS } from '../kit/groups.js';
import { assembleThought, type ThoughtEstimates } from './assemble-thought.js';
import { NamedReading } from './named-reading.js';
import { observeThought, prepare } from './observe-thought.js';
import { RATIOS, SUM_NAMES, type RatioName, type SumName } from './quantities.js';
import type { AucContrast, FrontierReadout } from './result.js';

/** How the intervals are to be made; the seed is required, because a number without one cannot be repeated. */
export type FrontierOptions = BootstrapOptions;

/** What is kept of all items at one thought: sums per graph, and every node's logit for the pooled AUC. */
interface ThoughtData {
  readonly sums: ClusterSums<SumName>;
  readonly logits: number[];
  readonly classes: number[];
  readonly clusters: number[];
}

/**
 * Reads every continuous thought through the LM head and compares it with the state of breadth-first search: after
 * thought c the frontier is the set of nodes at depth c. Results are described in {@link FrontierReadout}.
 *
 * Records are read once, one at a time, and reduced to about a hundred sums per graph and thought and three numbers
 * per node and thought; no thought is kept. Graphs, with all items that ask about them, are the units of the
 * bootstrap, and all estimates share its resamples. Items may have different numbers of thoughts; each thought is
 * evaluated on the items that have it.
 *
 * @param records a recording's `records()`, or any other source; each may be reused once the next is asked for
 * @returns JSON-serialisable; `perThought` is empty where nothing was recorded
 * @throws LensError if a record's numbers are not finite, its probabilities do not add up to 1, or records were read
 * by different scorers
 * @throws RangeError if `resamples` or `level` is out of range
 */
export async function readFrontier(
  records: AsyncIterable<ThoughtRecord> | Iterable<ThoughtRecord>,
  options: FrontierOptions,
): Promise<FrontierReadout> {
  const thoughts: ThoughtData[] = [];
  const graphs = new Map<string, number>();
  const named = new NamedReading();
  let items = 0;
  for await (const record of records) {
    items++;
    named.add(record);
    const key = itemSearch(record.item).key;
    const cluster = graphs.get(key) ?? graphs.size;
    graphs.set(key, cluster);
    addRecord(thoughts, record, cluster);
  }
  const { seed, resamples = DEFAULT_RESAMPLES, level = 0.95 } = options;
  const estimates = estimate(thoughts, graphs.size, { seed, resamples, level });
  return {
    kind: 'frontier',
    version: 1,
    ...named.describe(),
    items,
    graphs: graphs.size,
    thoughts: thoughts.length,
    bootstrap: { method: 'percentile', unit: 'graph', resamples, level, seed },
    perThought: thoughts.map(({ sums }, i) => assembleThought(i + 1, sums, estimates[i])),
  };
}

function addRecord(thoughts: ThoughtData[], record: ThoughtRecord, cluster: number): void {
  const observed = prepare(record);
  for (let thought = 1; thought <= record.count; thought++) {
    const data = (thoughts[thought - 1] ??= {
      sums: new ClusterSums(SUM_NAMES),
      logits: [],
      classes: [],
      clusters: [],
    });
    const { logits, classes } = observeThought(observed, thought, (sum, amount) => data.sums.add(cluster, sum, amount));
    for (let node = 0; node < logits.length; node++) {
      data.logits.push(logits[node]);
      data.classes.push(classes[node]);
      data.clusters.push(cluster);
    }
  }
}

/** A part of the statistics: what it computes in a resample, and what it is called afterwards. */
interface Part {
  readonly length: number;
  fill(weights: Float64Array, values: Float64Array): void;
}

function estimate(thoughts: readonly ThoughtData[], clusters: number, options: BootstrapOptions): ThoughtEstimates[] {
  const parts = thoughts.flatMap((data) => [ratioPart(data, clusters), pooledPart(data)]);
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const intervals = clusterBootstrap(
    (weights, values) => {
      let from = 0;
      for (const part of parts) {
        part.fill(weights, values.subarray(from, from + part.length));
        from += part.length;
      }
    },
    { clusters, statistics: length },
    options,
  );
  let next = 0;
  return thoughts.map(({ sums }) => {
    const ratios = new Map<RatioName, Estimate>();
    for (const [name, { items }] of RATIOS) {
      ratios.set(name, toEstimate(intervals[next++], sums.total(items), sums.clustersWith(items)));
    }
    const pooled = new Map<AucContrast, Estimate>();
    for (const name of AUC_CONTRAST_NAMES) pooled.set(name, toEstimate(intervals[next++], ...scarcerSide(sums, name)));
    return { ratios, pooled };
  });
}

function ratioPart({ sums }: ThoughtData, clusters: number): Part {
  const ratios = [...RATIOS.values()];
  const names = [...new Set(ratios.flatMap(({ numerator, denominator }) => [numerator, denominator]))];
  const columns = ratios.map(({ numerator, denominator }) => [names.indexOf(numerator), names.indexOf(denominator)]);
  const weightedTotals = sums.weightedTotals(names, clusters);
  return {
    length: columns.length,
    fill(weights, values) {
      const totals = weightedTotals(weights);
      // Where no drawn item contributes both sums are 0, and 0 / 0 is the NaN that marks an undefined statistic.
      columns.forEach(([numerator, denominator], i) => (values[i] = totals[numerator] / totals[denominator]));
    },
  };
}

function pooledPart({ logits, classes, clusters }: ThoughtData): Part {
  const ranked = new RankedContrasts(logits, classes, NODE_CLASSES.length, NUMBERED_CONTRASTS, clusters);
  return { length: NUMBERED_CONTRASTS.length, fill: (weights, values) => ranked.evaluate(weights, values) };
}

/** A pooled AUC is as uncertain as its scarcer side, so that side's items and graphs are its n. */
function scarcerSide(sums: ClusterSums<SumName>, name: AucContrast): [items: number, clusters: number] {
  const sides = [`positiveItems:${name}`, `negativeItems:${name}`] as const;
  return [
    Math.min(...sides.map((side) => sums.total(side))),
    Math.min(...sides.map((side) => sums.clustersWith(side))),
  ];
}
