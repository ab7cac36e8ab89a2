export type {
  AucContrast,
  AucReadout,
  BootstrapDescription,
  BreadthReadout,
  DisjointGroup,
  FrontierReadout,
  FrontierRow,
  GroupReadout,
  MassReadout,
  PublishedGroup,
  ReachesTargetReadout,
  ThoughtReadout,
  TopOneReadout,
} from './frontier-readout.js';
export { readFrontier, type FrontierOptions } from './frontier.js';
export { describeBootstrap, GraphEstimates } from './graph-estimates.js';
export { graphKey } from './graph-key.js';
export { frontierRows } from './frontier-rows.js';
export { formatAucTable, formatFrontierTable, formatPublishedTable } from './frontier-table.js';
export { AUC_CONTRASTS, PUBLISHED_GROUPS, type Contrast } from './groups.js';
export { nodeShares } from './node-shares.js';
export { estimateNotes, estimateTable, intervalLine, type EstimateColumn } from './estimate-table.js';
export { alignColumns, formatFraction, formatMagnitude, intervalCell, isExact } from './text-table.js';
export {
  BELIEF_WORDS,
  CLASS_WORDS,
  CONTRAST_WORDS,
  PUBLISHED_WORDS,
  ranksOnly,
  SCORER_WORDS,
  type GroupWords,
  type NodeWords,
  type ScorerWords,
} from './words.js';
export {
  readInterpolation,
  type InterpolationObservation,
  type InterpolationReadout,
  type SpokenAfter,
} from './interpolation.js';
export { observeInterpolation } from './observe/interpolation.js';
export {
  blindWalk,
  guessedEnding,
  PROCESS_CLASSES,
  processClass,
  type ProcessClass,
  type Said,
} from './process-class.js';
export type { ReadoutHead } from './readout-result.js';
export { readoutRows, type ReadoutRow } from './readout-rows.js';
export { formatInterpolation } from './tables/interpolation.js';
export { observeValues, valuePrefix } from './observe/values.js';
export {
  PERCENTILES,
  readParallelism,
  type ParallelismAfter,
  type ParallelismReadout,
  type ParallelismScale,
} from './parallelism.js';
export { formatParallelism } from './tables/parallelism.js';
export { formatTree } from './tables/tree.js';
export { readTree, type TreeReadout, type TreeSummary, type ValueTree } from './tree.js';
export { valuesOf, type ValueObservation } from './value-observation.js';
export {
  HEIGHT_DEFINITIONS,
  readHeight,
  type AtHeight,
  type HeightAfter,
  type HeightCorrelation,
  type HeightReading,
  type HeightReadout,
} from './height.js';
export { formatHeight } from './tables/height.js';
export {
  readEdgeAttention,
  type EdgeAttentionAfter,
  type EdgeAttentionObservation,
  type EdgeAttentionReadout,
} from './edge-attention.js';
export { edgeGroups } from './edge-groups.js';
export {
  BELIEF_CATEGORIES,
  beliefCategories,
  readEntityBelief,
  type BeliefAfter,
  type BeliefCategory,
  type CategoryBelief,
  type EntityBeliefReadout,
} from './entity-belief.js';
export type { GroupKey } from './groups.js';
export {
  readInnerProducts,
  type InnerProductObservation,
  type InnerProductsAfter,
  type InnerProductsReadout,
} from './inner-products.js';
export {
  readLogitLens,
  type LensLayer,
  type LensReading,
  type LogitLensObservation,
  type LogitLensReadout,
} from './logit-lens.js';
export type { NamesObservation } from './names-observation.js';
export type { Binned, GroupMean, GroupMeans } from './node-groups.js';
export { observeEdgeAttention } from './observe/edge-attention.js';
export { observeInnerProducts } from './observe/inner-products.js';
export { observeLogitLens } from './observe/logit-lens.js';
export { observeNames, observePrior } from './observe/names.js';
export {
  readQuestionPrior,
  type PriorObservation,
  type PriorReading,
  type QuestionPriorReadout,
} from './question-prior.js';
export { formatEdgeAttention } from './tables/edge-attention.js';
export { formatEntityBelief } from './tables/entity-belief.js';
export { formatInnerProducts } from './tables/inner-products.js';
export { formatLogitLens } from './tables/logit-lens.js';
export { formatQuestionPrior } from './tables/question-prior.js';
