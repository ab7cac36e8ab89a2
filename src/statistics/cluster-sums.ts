/** Computes sums over clusters, each counted `weights[cluster]` times; the result is overwritten by the next call. */
export type WeightedTotals = (weights: Float64Array) => Float64Array;

/**
 * Named sums per cluster: all that is kept of the data where statistics are functions of sums. The memory is
 * 8 bytes x names x clusters, whatever the clusters contain.
 */
export class ClusterSums<Name extends string> {
  readonly #width: number;
  readonly #columns: ReadonlyMap<Name, number>;
  /** By cluster; undefined where nothing was added. */
  readonly #rows: (Float64Array | undefined)[] = [];

  constructor(names: readonly Name[]) {
    this.#width = names.length;
    this.#columns = new Map(names.map((name, column) => [name, column]));
  }

  /**
   * Adds to one sum of one cluster.
   *
   * @param cluster whole number >= 0
   */
  add(cluster: number, name: Name, amount: number): void {
    const row = (this.#rows[cluster] ??= new Float64Array(this.#width));
    row[this.#columnOf(name)] += amount;
  }

  /** The sum over all clusters. */
  total(name: Name): number {
    const column = this.#columnOf(name);
    return this.#rows.reduce((sum, row) => sum + (row?.[column] ?? 0), 0);
  }

  /** In how many clusters the sum is not 0. */
  clustersWith(name: Name): number {
    const column = this.#columnOf(name);
    return this.#rows.reduce((count, row) => count + (row === undefined || row[column] === 0 ? 0 : 1), 0);
  }

  /**
   * Prepares weighted totals of some of the sums, in the order of `names`, for repeated use. It copies those sums; what
   * is added later does not count.
   *
   * @param clusters number of clusters, the length of the weights; higher cluster numbers must not have been used
   */
  weightedTotals(names: readonly Name[], clusters: number): WeightedTotals {
    const width = names.length;
    const columns = names.map((name) => this.#columnOf(name));
    const sums = new Float64Array(clusters * width);
    this.#rows.forEach((row, cluster) => {
      if (row !== undefined) columns.forEach((column, i) => (sums[cluster * width + i] = row[column]));
    });
    const drawn = new Uint32Array(clusters);
    const totals = new Float64Array(width);
    return (weights) => {
      let count = 0;
      for (let cluster = 0; cluster < clusters; cluster++) if (weights[cluster] !== 0) drawn[count++] = cluster;
      totals.fill(0);
      // Two clusters per pass halve the traffic on `totals`, which is what this loop waits for.
      let i = 0;
      for (; i + 1 < count; i += 2) {
        const [a, b] = [drawn[i] * width, drawn[i + 1] * width];
        const [weightA, weightB] = [weights[drawn[i]], weights[drawn[i + 1]]];
        for (let c = 0; c < width; c++) totals[c] += weightA * sums[a + c] + weightB * sums[b + c];
      }
      if (i < count) {
        const a = drawn[i] * width;
        for (let c = 0; c < width; c++) totals[c] += weights[drawn[i]] * sums[a + c];
      }
      return totals;
    };
  }

  #columnOf(name: Name): number {
    const column = this.#columns.get(name);
    if (column === undefined) throw new RangeError(`there is no sum called ${name}`);
    return column;
  }
}
