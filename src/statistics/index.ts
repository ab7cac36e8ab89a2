export { auc, RankedContrasts, type GroupContrast } from './auc.js';
export {
  clusterBootstrap,
  DEFAULT_RESAMPLES,
  MINIMUM_CLUSTERS,
  toEstimate,
  type BootstrapOptions,
  type Interval,
  type WeightedStatistics,
} from './bootstrap.js';
export { chiSquareSurvival, twoSampleChiSquare, type ChiSquareTest } from './chi-square.js';
export { ClusterSums, type WeightedTotals } from './cluster-sums.js';
export { clusteredWilson, type ClusteredProportion, type ClusterTrials } from './clustered-wilson.js';
export { effectiveNumber, entropyBits, entropyNats } from './entropy.js';
export type { Estimate } from './estimate.js';
export { mcnemar, type McNemarTest } from './mcnemar.js';
export { shareOfHighest } from './share-of-highest.js';
export { mean, quantile } from './summary.js';
export { wilson, type Proportion } from './wilson.js';
