export { edgeGroups } from './edge-attention/edge-groups.js';
export { observeEdgeAttention } from './edge-attention/observe.js';
export { edgeAttentionFigure, edgeAttentionHistogram } from './edge-attention/figure.js';
export { readEdgeAttention, type EdgeAttentionObservation } from './edge-attention/read.js';
export type { EdgeAttentionAfter, EdgeAttentionReadout } from './edge-attention/schema.js';
export { formatEdgeAttention } from './edge-attention/table.js';
export {
  BELIEF_CATEGORIES,
  BELIEF_WORDS,
  beliefCategories,
  type BeliefCategory,
} from './entity-belief/belief-categories.js';
export { entityBeliefFigure } from './entity-belief/figure.js';
export { observeNames, type NamesObservation } from './entity-belief/observe.js';
export { readEntityBelief } from './entity-belief/read.js';
export type { BeliefAfter, CategoryBelief, EntityBeliefReadout } from './entity-belief/schema.js';
export { formatEntityBelief } from './entity-belief/table.js';
export { frontierFigure, type FrontierMass } from './frontier/figure.js';
export { readFrontier, type FrontierOptions } from './frontier/read.js';
export { frontierRows, type FrontierRow } from './frontier/rows.js';
export type {
  AucReadout,
  BreadthReadout,
  FrontierReadout,
  GroupReadout,
  MassReadout,
  ReachesTargetReadout,
  ThoughtReadout,
  TopOneReadout,
} from './frontier/schema.js';
export { formatAucTable, formatFrontierTable, formatPublishedTable } from './frontier/table.js';
export { heightFigure } from './height/figure.js';
export { HEIGHT_DEFINITIONS, readHeight } from './height/read.js';
export type { AtHeight, HeightAfter, HeightCorrelation, HeightReading, HeightReadout } from './height/schema.js';
export { formatHeight } from './height/table.js';
export { innerProductsFigure, innerProductsHistogram } from './inner-products/figure.js';
export { observeInnerProducts } from './inner-products/observe.js';
export { readInnerProducts, type InnerProductObservation } from './inner-products/read.js';
export type { InnerProductsAfter, InnerProductsReadout } from './inner-products/schema.js';
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
export { readInterpolation, type InterpolationObservation } from './interpolation/read.js';
export type { InterpolationReadout, SpokenAfter } from './interpolation/schema.js';
export { formatInterpolation } from './interpolation/table.js';
export { readoutCsv } from './kit/csv.js';
export { collecting, defineReadout, type ObserveOptions, type Reading, type Readout } from './kit/define-readout.js';
export { estimateNotes, estimateTable, intervalLine, type EstimateColumn } from './kit/estimate-table.js';
export { describeBootstrap, GraphEstimates } from './kit/graph-estimates.js';
export type { HistogramOptions } from './kit/group-histogram-figure.js';
export {
  AUC_CONTRASTS,
  PUBLISHED_GROUPS,
  type AucContrast,
  type Contrast,
  type DisjointGroup,
  type GroupKey,
  type PublishedGroup,
} from './kit/groups.js';
export type { Binned, GroupMean, GroupMeans } from './kit/node-groups.js';
export { nodeShares } from './kit/node-shares.js';
export { observeValues, valuePrefix } from './kit/observe-values.js';
export type { BootstrapDescription, ReadoutHead } from './kit/readout-result.js';
export { readoutRows, type ReadoutRow } from './kit/readout-rows.js';
export { estimateSchema, headFields, thoughtSchema, type Immutable, type ResultOf } from './kit/schemas.js';
export { intervalCell, isExact } from './kit/text-table.js';
export { valuesOf, type ValueObservation } from './kit/value-observation.js';
export {
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
export { readLogitLens, type LensReading, type LogitLensObservation } from './logit-lens/read.js';
export type { LensLayer, LogitLensReadout } from './logit-lens/schema.js';
export { formatLogitLens } from './logit-lens/table.js';
export { MEDIATION_BASES, MEDIATION_WORDS, type BasisName } from './mediation/basis-names.js';
export { mediationFigure } from './mediation/figure.js';
export { observeMediation, type MediationObservation } from './mediation/observe.js';
export type { MediationCell, MediationPart } from './mediation/patch-parts.js';
export { readMediation } from './mediation/read.js';
export type { MediationBasis, MediationReadout, MediationSummary } from './mediation/schema.js';
export { formatMediation } from './mediation/table.js';
export { parallelismFigure, type ParallelismOptions } from './parallelism/figure.js';
export { PERCENTILES, readParallelism } from './parallelism/read.js';
export type { ParallelismAfter, ParallelismReadout, ParallelismScale } from './parallelism/schema.js';
export { formatParallelism } from './parallelism/table.js';
export {
  PROPAGATION_ARMS,
  PROPAGATION_EDITS,
  PROPAGATION_READING_WORDS,
  PROPAGATION_READINGS,
  PROPAGATION_WORDS,
  type PropagationArm,
  type PropagationEdit,
  type PropagationReadingName,
} from './propagation/edit-names.js';
export { propagationFigure } from './propagation/figure.js';
export type { OfArms, PropagationCell, PropagationReading } from './propagation/measure-edit.js';
export { observePropagation, type PropagationObservation } from './propagation/observe.js';
export { readPropagation } from './propagation/read.js';
export type { PropagationDisplay, PropagationEffect, PropagationReadout } from './propagation/schema.js';
export { formatPropagation } from './propagation/table.js';
export { questionPriorFigure } from './question-prior/figure.js';
export { observePrior, type PriorObservation } from './question-prior/observe.js';
export { readQuestionPrior } from './question-prior/read.js';
export type { PriorReading, QuestionPriorReadout } from './question-prior/schema.js';
export { formatQuestionPrior } from './question-prior/table.js';
export { READOUTS, type LoadReadout, type ReadoutName } from './readouts.js';
export { treeFigure } from './tree/figure.js';
export { treeItemFigure, type TreeItemOptions } from './tree/item-figure.js';
export { readTree } from './tree/read.js';
export type { TreeReadout, TreeSummary, ValueTree } from './tree/schema.js';
export { formatTree } from './tree/table.js';
