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
export {
  brierDecomposition,
  brierScore,
  brierSkill,
  DEFAULT_BINS,
  type BrierDecomposition,
  type ReliabilityRow,
} from './brier.js';
export { chiSquareSurvival, twoSampleChiSquare, type ChiSquareTest } from './chi-square.js';
export { ClusterSums, type WeightedTotals } from './cluster-sums.js';
export { clusteredShare, shareP, type ClusteredShare } from './clustered-share.js';
export { clusteredWilson, type ClusteredProportion, type ClusterTrials } from './clustered-wilson.js';
export { cliffsDelta, cohensD, cohensDz, type StandardizedDifference } from './effect-size.js';
export { effectiveNumber, entropyBits, entropyNats } from './entropy.js';
export type { Estimate } from './estimate.js';
export { excessRatio, excessRatioP } from './excess-ratio.js';
export { ClusterLeastSquares } from './least-squares.js';
export { linearisedMean, linearisedRatio, linearisedSlope, type SlopePoint } from './linearise.js';
export { linearisedInterval, linearisedP, type Linearised, type LinearisedEstimate } from './linearised.js';
export { mcnemar, type McNemarTest } from './mcnemar.js';
export { holm, maxT } from './multiplicity.js';
export {
  DEFAULT_PERMUTATIONS,
  permutationP,
  permutationTest,
  type Alternative,
  type PermutationOptions,
  type PermutationTest,
} from './permutation.js';
export { rateLimit } from './rate-limit.js';
export { rsa, type RsaTest } from './rsa.js';
export { shareDifference, shareDifferenceP } from './share-difference.js';
export { shareOfHighest } from './share-of-highest.js';
export { shareOverGraphs } from './share-over-graphs.js';
export { sharePair, type ClusteredValues, type SharePair } from './share-pair.js';
export { signFlips, signFlipTest, type SignFlipOptions, type SignFlipTest } from './sign-flip.js';
export { midRanks, spearman } from './spearman.js';
export { studentSurvival } from './student.js';
export { mean, quantile } from './summary.js';
export { equivalent, tost, type Tost } from './tost.js';
export { wilson, type Proportion } from './wilson.js';
export { logSumExp, softmax, softmaxWeights } from './softmax.js';
