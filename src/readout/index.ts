export { edgeGroups } from './edge-attention/edge-groups.js';
export { observeEdgeAttention } from './edge-attention/observe.js';
export {
  readEdgeAttention,
  type EdgeAttentionAfter,
  type EdgeAttentionObservation,
  type EdgeAttentionReadout,
} from './edge-attention/read.js';
export { formatEdgeAttention } from './edge-attention/table.js';
export { entityBeliefFigure } from './entity-belief/figure.js';
export {
  BELIEF_CATEGORIES,
  beliefCategories,
  readEntityBelief,
  type BeliefAfter,
  type BeliefCategory,
  type CategoryBelief,
  type EntityBeliefReadout,
} from './entity-belief/read.js';
export { formatEntityBelief } from './entity-belief/table.js';
export { frontierFigure, type FrontierMass } from './frontier/figure.js';
export { readFrontier, type FrontierOptions } from './frontier/read.js';
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
} from './frontier/result.js';
export { frontierRows } from './frontier/rows.js';
export { formatAucTable, formatFrontierTable, formatPublishedTable } from './frontier/table.js';
export { heightFigure } from './height/figure.js';
export {
  HEIGHT_DEFINITIONS,
  readHeight,
  type AtHeight,
  type HeightAfter,
  type HeightCorrelation,
  type HeightReading,
  type HeightReadout,
} from './height/read.js';
export { formatHeight } from './height/table.js';
export { observeInnerProducts } from './inner-products/observe.js';
export {
  readInnerProducts,
  type InnerProductObservation,
  type InnerProductsAfter,
  type InnerProductsReadout,
} from './inner-products/read.js';
export { formatInnerProducts } from './inner-products/table.js';
export { interpolationFigure } from './interpolation/figure.js';
export { observeInterpolation } from './interpolation/observe.js';
export {
  blindWalk,
  guessedEnding,
  PROCESS_CLASSES,
  processClass,
  type ProcessClass,
  type Continuation,
} from './interpolation/process-class.js';
export {
  readInterpolation,
  type InterpolationObservation,
  type InterpolationReadout,
  type SpokenAfter,
} from './interpolation/read.js';
export { formatInterpolation } from './interpolation/table.js';
export { readoutCsv } from './kit/csv.js';
export { estimateNotes, estimateTable, intervalLine, type EstimateColumn } from './kit/estimate-table.js';
export { describeBootstrap, GraphEstimates } from './kit/graph-estimates.js';
export { edgeAttentionHistogram, innerProductsHistogram, type HistogramOptions } from './kit/group-histogram-figure.js';
export { edgeAttentionFigure, innerProductsFigure } from './kit/group-means-figure.js';
export { AUC_CONTRASTS, PUBLISHED_GROUPS, type Contrast, type GroupKey } from './kit/groups.js';
export type { NamesObservation } from './kit/names-observation.js';
export type { Binned, GroupMean, GroupMeans } from './kit/node-groups.js';
export { nodeShares } from './kit/node-shares.js';
export { observeNames, observePrior } from './kit/observe-names.js';
export { observeValues, valuePrefix } from './kit/observe-values.js';
export type { ReadoutHead } from './kit/readout-result.js';
export { readoutRows, type ReadoutRow } from './kit/readout-rows.js';
export { alignColumns, formatFraction, formatMagnitude, intervalCell, isExact } from './kit/text-table.js';
export { valuesOf, type ValueObservation } from './kit/value-observation.js';
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
} from './kit/words.js';
export { logitLensFigure, logitLensMassFigure, type LogitLensOptions } from './logit-lens/figure.js';
export { observeLogitLens } from './logit-lens/observe.js';
export {
  readLogitLens,
  type LensLayer,
  type LensReading,
  type LogitLensObservation,
  type LogitLensReadout,
} from './logit-lens/read.js';
export { formatLogitLens } from './logit-lens/table.js';
export { parallelismFigure, type ParallelismOptions } from './parallelism/figure.js';
export {
  PERCENTILES,
  readParallelism,
  type ParallelismAfter,
  type ParallelismReadout,
  type ParallelismScale,
} from './parallelism/read.js';
export { formatParallelism } from './parallelism/table.js';
export { questionPriorFigure } from './question-prior/figure.js';
export {
  readQuestionPrior,
  type PriorObservation,
  type PriorReading,
  type QuestionPriorReadout,
} from './question-prior/read.js';
export { formatQuestionPrior } from './question-prior/table.js';
export { treeFigure } from './tree/figure.js';
export { treeItemFigure, type TreeItemOptions } from './tree/item-figure.js';
export { readTree, type TreeReadout, type TreeSummary, type ValueTree } from './tree/read.js';
export { formatTree } from './tree/table.js';
