import { itemSearch, type Item } from '../../dataset/index.js';
import { NODE_CLASSES, nodeClasses } from '../../graph/index.js';
import { RankedContrasts, type BootstrapOptions } from '../../statistics/index.js';
import { GraphEstimates } from '../kit/graph-estimates.js';
import { AUC_CONTRAST_NAMES, classNumbers, NUMBERED_CONTRASTS } from '../kit/groups.js';
import { BinCounts, binEdges } from '../kit/histogram.js';
import { addGroups, groupMeans, nodeGroups } from '../kit/node-groups.js';
import { range, readoutHead, record } from '../kit/readout-result.js';
import type { InnerProductsReadout } from './schema.js';

/** The thoughts of one item against the token embeddings of its nodes. */
export interface InnerProductObservation {
  readonly item: Item;
  /** [k][n]: entry c - 1 is <thought c, u_v> for every node v, u_v the embedding of its token (its name's first). */
  readonly products: readonly (readonly number[])[];
}

/**
 * Inner products with the token embeddings: by the published groups, nested and with the walk frontier, and by the disjoint
 * classes.
 *
 * @throws RangeError if `resamples` or `level` is out of range, or a product is NaN
 */
export function readInnerProducts(
  observations: readonly InnerProductObservation[],
  options: BootstrapOptions,
): InnerProductsReadout {
  const found = new GraphEstimates();
  const bins = new BinCounts(binEdges(observations.flatMap(({ products }) => products.flat())));
  for (const { item, products } of observations) {
    found.startItem(item);
    const search = itemSearch(item);
    const { graph } = search;
    products.forEach((own, i) => {
      addGroups(found, String(i + 1), nodeGroups(graph, search, i + 1), own, bins);
      addAreas(found, `${i + 1} auc`, own, classNumbers(nodeClasses(graph, search, i + 1)));
    });
  }
  const estimate = found.estimates(options);
  return {
    ...readoutHead('inner-products', found, options),
    binEdges: bins.edges,
    perThought: range(Math.max(0, ...observations.map(({ products }) => products.length))).map((i) => ({
      thought: i + 1,
      ...groupMeans(found, estimate, bins, String(i + 1)),
      auc: record(AUC_CONTRAST_NAMES, (name) => estimate(`${i + 1} auc ${name}`)),
    })),
  };
}

/** Adds the AUC inside the current item's graph of every contrast that it has both sides of. */
export function addAreas(
  found: GraphEstimates,
  key: string,
  scores: readonly number[],
  classes: readonly number[],
): void {
  const areas = new Float64Array(AUC_CONTRAST_NAMES.length);
  new RankedContrasts(scores, classes, NODE_CLASSES.length, NUMBERED_CONTRASTS).evaluate(Float64Array.of(1), areas);
  AUC_CONTRAST_NAMES.forEach((name, i) => {
    if (!Number.isNaN(areas[i])) found.addMean(`${key} ${name}`, areas[i]);
  });
}
