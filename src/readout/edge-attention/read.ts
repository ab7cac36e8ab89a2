import { itemSearch, type Item } from '../../dataset/index.js';
import type { BootstrapOptions } from '../../statistics/index.js';
import { GraphEstimates } from '../kit/graph-estimates.js';
import { BinCounts, binEdges } from '../kit/histogram.js';
import { addGroups, groupMeans } from '../kit/node-groups.js';
import { range, readoutHead } from '../kit/readout-result.js';
import { edgeGroups } from './edge-groups.js';
import type { EdgeAttentionReadout } from './schema.js';

/** What the last position looks at, for one item. */
export interface EdgeAttentionObservation {
  readonly item: Item;
  /** The block whose attention it is, from 0. */
  readonly layer: number;
  readonly heads: number;
  /** [K + 1], entry n where n thoughts have been read, at the position that reads thought n (n = 0: the root's token). */
  readonly after: readonly {
    /**
     * [edges], in the item's order: attention summed over heads and over the edge's three tokens, its source, its end and the
     * one after them, which is `|`, or `[Q]` after the last edge. From 0 to `heads`.
     */
    readonly attention: readonly number[];
    /** How many positions there are to look at, itself included. */
    readonly positions: number;
  }[];
}

/**
 * Attention to edges by groups of edges, with intervals over graphs.
 *
 * @throws RangeError if `resamples` or `level` is out of range
 */
export function readEdgeAttention(
  observations: readonly EdgeAttentionObservation[],
  options: BootstrapOptions,
): EdgeAttentionReadout {
  const found = new GraphEstimates();
  const values = observations.flatMap(({ after }) => after.flatMap(({ attention }) => attention));
  const bins = new BinCounts(binEdges(values));
  for (const { item, heads, after } of observations) {
    found.startItem(item);
    const search = itemSearch(item);
    const { graph } = search;
    after.forEach(({ attention, positions }, n) => {
      addGroups(found, String(n), edgeGroups(graph, search, n), attention, bins);
      found.addMean(`${n} onEdges`, attention.reduce((a, b) => a + b, 0) / heads);
      found.addMean(`${n} even`, (3 * heads) / positions);
    });
  }
  const estimate = found.estimates(options);
  const first = observations.at(0);
  return {
    ...readoutHead('edge-attention', found, options),
    layer: first?.layer ?? null,
    heads: first?.heads ?? null,
    binEdges: bins.edges,
    perThought: range(Math.max(0, ...observations.map(({ after }) => after.length))).map((n) => ({
      thought: n,
      ...groupMeans(found, estimate, bins, String(n)),
      onEdges: estimate(`${n} onEdges`),
      even: estimate(`${n} even`),
    })),
  };
}
