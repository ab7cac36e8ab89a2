import type { Item } from '../../dataset/index.js';
import type { GraphEstimates } from '../kit/graph-estimates.js';

/** A node that can reach the target, or one that cannot. */
export type NodeKind = 'correct' | 'incorrect';

/** Products of value, height and number of descendants whose sums give every correlation between the three. */
const MOMENTS = ['1', 'v', 'h', 'd', 'vv', 'hh', 'dd', 'vh', 'vd', 'hd'] as const;

/** Adds a node to the sums of {@link definePartial}. */
export function addPair(found: GraphEstimates, key: string, v: number, h: number, d: number): void {
  const of = { '1': 1, v, h, d, vv: v * v, hh: h * h, dd: d * d, vh: v * h, vd: v * d, hd: h * d };
  for (const moment of MOMENTS) found.add(`${key} ${moment}`, of[moment]);
}

/**
 * Defines `<key> plain`, the correlation of value and height over the nodes added, and `<key> partial`, the same given the
 * number of descendants. The items behind them are the sum `<key> items`.
 */
export function definePartial(found: GraphEstimates, key: string): void {
  const sums = MOMENTS.map((moment) => `${key} ${moment}`);
  const items = `${key} items`;
  found.define(`${key} plain`, { sums, items, evaluate: (...totals) => correlations(totals).vh });
  found.define(`${key} partial`, {
    sums,
    items,
    evaluate(...totals) {
      const { vh, vd, hd } = correlations(totals);
      const left = (1 - vd * vd) * (1 - hd * hd);
      // Where descendants say all that height or value does, nothing is left to correlate.
      return left > 1e-12 ? (vh - vd * hd) / Math.sqrt(left) : Number.NaN;
    },
  });
}

function correlations([n, v, h, d, vv, hh, dd, vh, vd, hd]: readonly number[]): Record<'vh' | 'vd' | 'hd', number> {
  const r = (xy: number, x: number, y: number, xx: number, yy: number): number => {
    const [varianceX, varianceY] = [n * xx - x * x, n * yy - y * y];
    // Differences of rounding are no variance.
    if (!(varianceX > 1e-12 * n * xx) || !(varianceY > 1e-12 * n * yy)) return Number.NaN;
    return (n * xy - x * y) / Math.sqrt(varianceX * varianceY);
  };
  return { vh: r(vh, v, h, vv, hh), vd: r(vd, v, d, vv, dd), hd: r(hd, h, d, hh, dd) };
}

/**
 * Mean value of correct nodes minus that of incorrect ones inside each stratum, averaged with the weights
 * n_c n_i / (n_c + n_i) of Mantel and Haenszel. Strata without both kinds have no gap and no weight, and items all of whose
 * nodes are in such strata do not contribute.
 */
export class StratifiedGap {
  /** Which kinds of nodes a stratum has. */
  private readonly kinds = new Map<string, Set<NodeKind>>();
  /** By the ordinal of the item. */
  private readonly strataOf = new Map<number, { readonly item: Item; readonly strata: Set<string> }>();

  /** @param key the estimate's name */
  constructor(
    private readonly found: GraphEstimates,
    private readonly key: string,
  ) {}

  /** Adds a node of the current item, which is `item`. */
  add(item: Item, stratum: string, kind: NodeKind, value: number): void {
    const { found, key } = this;
    found.add(`${key} ${stratum} ${kind} sum`, value);
    found.add(`${key} ${stratum} ${kind} count`, 1);
    this.kinds.set(stratum, (this.kinds.get(stratum) ?? new Set<NodeKind>()).add(kind));
    const own = this.strataOf.get(found.items) ?? { item, strata: new Set<string>() };
    own.strata.add(stratum);
    this.strataOf.set(found.items, own);
  }

  /** Once all nodes are in. */
  define(): void {
    const { found, key } = this;
    const strata = [...this.kinds].filter(([, kinds]) => kinds.size === 2).map(([stratum]) => stratum);
    for (const { item, strata: own } of this.strataOf.values()) {
      if (!strata.some((stratum) => own.has(stratum))) continue;
      found.resumeItem(item);
      found.add(`${key} items`, 1);
    }
    const sums = strata.flatMap((stratum) =>
      (['correct', 'incorrect'] as const).flatMap((kind) => [
        `${key} ${stratum} ${kind} sum`,
        `${key} ${stratum} ${kind} count`,
      ]),
    );
    defineGap(found, key, sums);
  }
}

function defineGap(found: GraphEstimates, key: string, sums: readonly string[]): void {
  found.define(key, {
    sums,
    items: `${key} items`,
    evaluate(...totals) {
      let [gap, weights] = [0, 0];
      for (let i = 0; i < totals.length; i += 4) {
        const [correct, countC, incorrect, countI] = totals.slice(i, i + 4);
        if (countC === 0 || countI === 0) continue;
        const weight = (countC * countI) / (countC + countI);
        gap += weight * (correct / countC - incorrect / countI);
        weights += weight;
      }
      return gap / weights;
    },
  });
}
