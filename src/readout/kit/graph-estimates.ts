import { graphKey, type Item } from '../../dataset/index.js';
import {
  clusterBootstrap,
  clusteredWilson,
  ClusterSums,
  DEFAULT_RESAMPLES,
  toEstimate,
  type BootstrapOptions,
  type ClusterTrials,
  type Estimate,
} from '../../statistics/index.js';
import type { BootstrapDescription } from '../frontier/result.js';

/** A statistic made of sums over the items. NaN says that the sums define none. */
interface Statistic {
  readonly sums: readonly string[];
  readonly evaluate: (...totals: number[]) => number;
  /** The sum that counts the items behind it. */
  readonly items: string;
}

/** What a number is called that no item contributes to. */
const NOTHING: Estimate = { value: null, low: null, high: null, n: 0, clusters: 0 };

/**
 * Means and other functions of sums over items, with intervals by the bootstrap over graphs: what every readout adds its
 * observations to. Items of one graph belong together, so that the graph is what is drawn; all statistics see the same
 * resamples. Only sums per graph are kept.
 */
export class GraphEstimates {
  private readonly graphOf = new Map<string, number>();
  private readonly sums = new Map<string, Map<number, number>>();
  private readonly statistics = new Map<string, Statistic>();
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
    this.total(name, value, 1);
  }

  /** Several numbers of the current item, such as one per node, to a mean in which each of them counts once. */
  addEach(name: string, values: readonly number[]): void {
    if (values.length > 0)
      this.total(
        name,
        values.reduce((a, b) => a + b, 0),
        values.length,
      );
  }

  private total(name: string, sum: number, weight: number): void {
    this.add(`sum of ${name}`, sum);
    this.add(`weight of ${name}`, weight);
    this.add(`items of ${name}`, 1);
    this.define(name, {
      sums: [`sum of ${name}`, `weight of ${name}`],
      evaluate: (all, weights) => all / weights,
      items: `items of ${name}`,
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
    const names = [...this.statistics.keys()];
    const used = [...new Set([...this.statistics.values()].flatMap(({ sums, items }) => [...sums, items]))];
    const sums = new ClusterSums(used);
    for (const name of used) for (const [graph, amount] of this.sums.get(name) ?? []) sums.add(graph, name, amount);
    const parts = [...this.statistics.values()].map(({ sums: of, ...rest }) => ({
      ...rest,
      columns: of.map((name) => used.indexOf(name)),
    }));
    const weightedTotals = sums.weightedTotals(used, this.graphOf.size);
    const intervals = clusterBootstrap(
      (weights, values) => {
        const totals = weightedTotals(weights);
        parts.forEach(({ columns, evaluate }, i) => {
          const value = evaluate(...columns.map((column) => totals[column]));
          values[i] = Number.isFinite(value) ? value : Number.NaN;
        });
      },
      { clusters: this.graphOf.size, statistics: names.length },
      options,
    );
    const found = new Map(
      names.map((name, i) => {
        const { items } = parts[i];
        return [name, toEstimate(intervals[i], sums.total(items), sums.clustersWith(items))];
      }),
    );
    return (name) => found.get(name) ?? NOTHING;
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
