export {
  clusterBootstrap,
  DEFAULT_RESAMPLES,
  MINIMUM_CLUSTERS,
  toEstimate,
  type BootstrapOptions,
  type Interval,
  type WeightedStatistics,
} from './bootstrap.js';
export { ClusterSums } from './cluster-sums.js';
export { auc, aucOf, concordance, rankScores, type Ranking } from './concordance.js';
export { effectiveNumber, entropyBits, entropyNats } from './entropy.js';
export type { Estimate } from './estimate.js';
export { mean, quantile } from './summary.js';
