/** Where another step would need more bins, a wider one is taken. */
const MOST_BINS = 40;

/**
 * Edges of the bins that one result counts all its values in, so that its groups and thoughts can be compared. They are
 * neighbouring multiples of one step, which is 1, 2 or 5 times a power of ten, the smallest that needs at most about 40 bins
 * from the lowest value to the highest.
 *
 * @param values those that are not finite are left out
 * @returns ascending, one more than bins: bin i holds edges[i] <= x < edges[i + 1]; none where there are no values
 */
export function binEdges(values: readonly number[]): number[] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [];
  // Equal values have a bin of their own order of magnitude; those that differ in their last digits only, one that has digits.
  const size = Math.max(Math.abs(low), Math.abs(high));
  const span = Math.max(high === low ? size || 1 : Math.max(high - low, size * 1e-8), 1e-300);
  const power = 10 ** Math.floor(Math.log10(span / MOST_BINS));
  const step = [1, 2, 5].map((factor) => factor * power).find((each) => span / each <= MOST_BINS) ?? 10 * power;
  // Without the rounding of i * step: .3 and not .30000000000000004.
  const edge = (i: number): number => Number((i * step).toPrecision(12));
  let [from, to] = [Math.floor(low / step), Math.floor(high / step) + 1];
  while (edge(from) > low) from--;
  while (edge(from + 1) <= low) from++;
  while (edge(to) <= high) to++;
  return Array.from({ length: to - from + 1 }, (_, i) => edge(from + i));
}

/** How many values of each name fall into each bin. */
export class BinCounts {
  private readonly counts = new Map<string, number[]>();

  /** @param edges as {@link binEdges} gives them */
  constructor(readonly edges: readonly number[]) {}

  add(name: string, values: readonly number[]): void {
    const counts = this.of(name);
    for (const value of values) {
      const bin = this.edges.findLastIndex((edge) => edge <= value);
      if (bin in counts) counts[bin]++;
    }
    this.counts.set(name, counts);
  }

  /** [bins] */
  of(name: string): number[] {
    return this.counts.get(name) ?? new Array<number>(Math.max(0, this.edges.length - 1)).fill(0);
  }
}
