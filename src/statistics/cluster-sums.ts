/**
 * Named sums per cluster: all that is kept of the data where statistics are functions of sums. The memory is
 * 8 bytes x names x clusters, whatever the clusters contain.
 */
export class ClusterSums<Name extends string> {
  readonly names: readonly Name[];
  readonly #columns: ReadonlyMap<Name, number>;
  /** By cluster; undefined where nothing was ever added. */
  readonly #rows: (Float64Array | undefined)[] = [];

  constructor(names: readonly Name[]) {
    this.names = names;
    this.#columns = new Map(names.map((name, column) => [name, column]));
  }

  /** Adds to one sum of one cluster. */
  add(cluster: number, name: Name, amount: number): void {
    const row = (this.#rows[cluster] ??= new Float64Array(this.names.length));
    row[this.columnOf(name)] += amount;
  }

  /** Where a name's sum stands in {@link weightedTotals}. @throws RangeError if there is no such name */
  columnOf(name: Name): number {
    const column = this.#columns.get(name);
    if (column === undefined) throw new RangeError(`there is no sum called ${name}`);
    return column;
  }

  /** The sum over all clusters. */
  total(name: Name): number {
    const column = this.columnOf(name);
    return this.#rows.reduce((sum, row) => sum + (row?.[column] ?? 0), 0);
  }

  /** In how many clusters the sum is not zero. */
  clustersWith(name: Name): number {
    const column = this.columnOf(name);
    return this.#rows.reduce((count, row) => count + (row === undefined || row[column] === 0 ? 0 : 1), 0);
  }

  /**
   * Every sum over all clusters, each cluster counted `weights[cluster]` times.
   *
   * @param weights [clusters]
   * @param totals [names], overwritten
   */
  weightedTotals(weights: Float64Array, totals: Float64Array): void {
    totals.fill(0);
    for (let cluster = 0; cluster < this.#rows.length; cluster++) {
      const row = this.#rows[cluster];
      const weight = weights[cluster];
      if (row === undefined || weight === 0) continue;
      for (let column = 0; column < row.length; column++) totals[column] += weight * row[column];
    }
  }
}
