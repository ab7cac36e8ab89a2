import { graphKey, type Item } from '../../dataset/index.js';
import { NODE_CLASSES } from '../../graph/index.js';
import {
  clusterBootstrap,
  clusteredWilson,
  ClusterSums,
  DEFAULT_RESAMPLES,
  RankedContrasts,
  toEstimate,
  type BootstrapOptions,
  type ClusterTrials,
  type Estimate,
} from '../../statistics/index.js';
import { AUC_CONTRAST_NAMES, NUMBERED_CONTRASTS } from './groups.js';
import type { BootstrapDescription } from './readout-result.js';

/** A statistic made of sums over the items. NaN says that the sums define none. */
interface Statistic {
  readonly sums: readonly string[];
  readonly evaluate: (...totals: number[]) => number;
  /** The sum that counts the items behind it. */
  readonly items: string;
}

/** The members of all items, ranked together: [members] each. */
interface Ranked {
  readonly scores: number[];
  /** Numbers of the members' classes. */
  readonly classes: number[];
  readonly graphs: number[];
}

const SIDES = ['positive', 'negative'] as const;

/** The mean that is called `name`, over what `weight` counts. */
function ratio(name: string, weight: string): Statistic {
  return {
    sums: [`sum of ${name}`, weight],
    evaluate: (sum, count) => sum / count,
    items: `items of ${name}`,
  };
}

/** What a number is called that no item contributes to. */
const NOTHING: Estimate = { value: null, low: null, high: null, n: 0, clusters: 0 };

/**
 * Means and other functions of sums over items, with intervals by the bootstrap over graphs: what every readout adds its
 * observations to. Items of one graph belong together, so that the graph is what is drawn; all statistics see the same
 * resamples. Only sums per graph are kept, and the scores of what is ranked over all items.
 */
export class GraphEstimates {
  private readonly graphOf = new Map<string, number>();
  private readonly sums = new Map<string, Map<number, number>>();
  private readonly statistics = new Map<string, Statistic>();
  private readonly ranked = new Map<string, Ranked>();
  private graph = 0;
  private count = 0;

  /** Everything that is added from now on belongs to this item. */
  startItem(item: Pick<Item, 'names' | 'edges'>): void {
    this.resumeItem(item);
    this.count++;
  }

  /** The same for an item that was begun before: for what can be said of it only once all items are known. */
  resumeItem(item: Pick<Item, 'names' | 'edges'>): void {
    const key = graphKey(item);
    this.graph = this.graphOf.get(key) ?? this.graphOf.size;
    this.graphOf.set(key, this.graph);
  }

  get items(): number {
    return this.count;
  }

  get graphs(): number {
    return this.graphOf.size;
  }

  /** Adds to a sum of the current item's graph. */
  add(sum: string, amount: number): void {
    const graphs = this.sums.get(sum) ?? new Map<number, number>();
    this.sums.set(sum, graphs.set(this.graph, (graphs.get(this.graph) ?? 0) + amount));
  }

  /** One number of the current item to the mean over items that is called `name`. */
  addMean(name: string, value: number): void {
    this.addTo(name, value);
    this.define(name, ratio(name, `items of ${name}`));
  }

  /** Several numbers of the current item, such as one per node, to a mean in which each of them counts once. */
  addEach(name: string, values: readonly number[]): void {
    if (values.length === 0) return;
    this.addTo(
      name,
      values.reduce((a, b) => a + b, 0),
    );
    this.add(`count of ${name}`, values.length);
    this.define(name, ratio(name, `count of ${name}`));
  }

  private addTo(name: string, sum: number): void {
    this.add(`sum of ${name}`, sum);
    this.add(`items of ${name}`, 1);
  }

  /**
   * Members of the current item that are ranked together with those of all other items. Every contrast of
   * {@link AUC_CONTRAST_NAMES} becomes an estimate `<name> <contrast>`: the AUC over all of them, pairs across graphs included.
   * It is as uncertain as its scarcer side, so that side's items and graphs are its n.
   *
   * @param scores [n], not NaN
   * @param classes [n]: numbers of the members' classes (`classNumbers`)
   */
  addRanked(name: string, scores: ArrayLike<number>, classes: readonly number[]): void {
    const ranked = this.ranked.get(name) ?? { scores: [], classes: [], graphs: [] };
    this.ranked.set(name, ranked);
    classes.forEach((own, member) => {
      ranked.scores.push(scores[member]);
      ranked.classes.push(own);
      ranked.graphs.push(this.graph);
    });
    const there = new Set(classes);
    AUC_CONTRAST_NAMES.forEach((contrast, i) => {
      for (const side of SIDES)
        if (NUMBERED_CONTRASTS[i][side].some((own) => there.has(own))) this.add(`${side} of ${name} ${contrast}`, 1);
    });
  }

  /** Another function of sums. Where its sums define no number it returns NaN, or divides by 0. */
  define(name: string, statistic: Statistic): void {
    if (!this.statistics.has(name)) this.statistics.set(name, statistic);
  }

  /**
   * Share that {@link addMean} of numbers from 0 to 1 gives, with Wilson's interval at the effective sample size over graphs
   * in place of the bootstrap's: it has a width where all items agree.
   */
  share(name: string): Estimate {
    const sum = this.sums.get(`sum of ${name}`);
    const items = this.sums.get(`items of ${name}`);
    if (sum === undefined || items === undefined) return NOTHING;
    // Sums of shares may exceed the count by rounding.
    const trials: ClusterTrials[] = [...items].map(([graph, n]) => ({
      n,
      successes: Math.min(n, sum.get(graph) ?? 0),
    }));
    const { value, low, high, n, clusters } = clusteredWilson(trials);
    return { value, low, high, n, clusters };
  }

  /** How much was added to a sum altogether: a count, beside the estimates. */
  totalOf(sum: string): number {
    return [...(this.sums.get(sum)?.values() ?? [])].reduce((a, b) => a + b, 0);
  }

  /**
   * All estimates, by name. A name to which nothing was added gives null with n = 0: a cell without nodes has no number.
   *
   * @throws RangeError if `resamples` or `level` is out of range
   */
  estimates(options: BootstrapOptions): (name: string) => Estimate {
    const statistics = [...this.statistics];
    const used = [...new Set(statistics.flatMap(([, { sums }]) => sums))];
    const columns = new Map(used.map((name, column) => [name, column]));
    const parts = statistics.map(([, { sums, evaluate }]) => ({
      evaluate,
      columns: sums.map((name) => columns.get(name) ?? NaN),
    }));
    const ranked = [...this.ranked].map(([name, { scores, classes, graphs }], i) => ({
      name,
      contrasts: new RankedContrasts(scores, classes, NODE_CLASSES.length, NUMBERED_CONTRASTS, graphs),
      from: statistics.length + i * AUC_CONTRAST_NAMES.length,
    }));
    const sums = new ClusterSums(used);
    for (const name of used) for (const [graph, amount] of this.sums.get(name) ?? []) sums.add(graph, name, amount);
    const clusters = this.graphOf.size;
    const weightedTotals = sums.weightedTotals(used, clusters);
    const intervals = clusterBootstrap(
      (weights, values) => {
        const totals = weightedTotals(weights);
        parts.forEach(({ columns, evaluate }, i) => {
          const value = evaluate(...columns.map((column) => totals[column]));
          values[i] = Number.isFinite(value) ? value : Number.NaN;
        });
        for (const { contrasts, from } of ranked)
          contrasts.evaluate(weights, values.subarray(from, from + AUC_CONTRAST_NAMES.length));
      },
      { clusters, statistics: statistics.length + ranked.length * AUC_CONTRAST_NAMES.length },
      options,
    );
    const found = new Map(
      statistics.map(([name, { items }], i) => [name, toEstimate(intervals[i], ...this.countOf(items))]),
    );
    for (const { name, from } of ranked) {
      AUC_CONTRAST_NAMES.forEach((contrast, i) => {
        const [positive, negative] = SIDES.map((side) => this.countOf(`${side} of ${name} ${contrast}`));
        const scarcer = [Math.min(positive[0], negative[0]), Math.min(positive[1], negative[1])] as const;
        found.set(`${name} ${contrast}`, toEstimate(intervals[from + i], ...scarcer));
      });
    }
    return (name) => found.get(name) ?? NOTHING;
  }

  /** How many items a sum counts, and on how many graphs. */
  private countOf(items: string): [items: number, graphs: number] {
    return [this.totalOf(items), this.sums.get(items)?.size ?? 0];
  }
}

/** How the bootstrap intervals of these options were made, for the result. */
export function describeBootstrap({
  seed,
  resamples = DEFAULT_RESAMPLES,
  level = 0.95,
}: BootstrapOptions): BootstrapDescription {
  return { method: 'percentile', unit: 'graph', resamples, level, seed };
}
