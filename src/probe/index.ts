export { checkBaselineRecording, type BaselineRecording } from './baseline-recording.js';
export {
  crossFitNodes,
  crossFitNodeSets,
  type CrossFitNodesOptions,
  type NodeEmbedding,
  type NodeTaskOptions,
} from './cross-fit-nodes.js';
export { crossFitRidge, type RidgeCrossFit } from './cross-fit-ridge.js';
export {
  crossFit,
  crossFitClasses,
  type CrossFit,
  type CrossFitOptions,
  type FitOptions,
  type FoldFit,
} from './cross-fit.js';
export type { ThoughtDecoder } from './decoder/decoder.js';
export { fitLinearDecoder } from './decoder/linear-decoder.js';
export {
  DETECTOR,
  headAgreement,
  measureDecoder,
  type DecoderMeasures,
  type FeatureReading,
  type HeadAgreement,
} from './decoder/measures.js';
export { randomDictionary, type DictionaryOptions } from './decoder/random-dictionary.js';
export {
  trainSparseAutoencoder,
  type AutoencoderOptions,
  type SparseAutoencoder,
} from './decoder/sparse-autoencoder.js';
export { allRows, checkDesign, type Design } from './design.js';
export { probeDirections } from './directions.js';
export { fitLogistic, scoreRows, type IterativeFit, type LinearFit, type LogisticOptions } from './fits/logistic.js';
export { ABSENT, sigmoid } from './fits/losses.js';
export { fitRidge } from './fits/ridge.js';
export { standardise, toRaw, type Standardisation } from './fits/standardisation.js';
export { DEFAULT_FOLDS, groupFolds } from './folds.js';
export { formatMatrix, formatProbe, formatProbeList } from './format-probe.js';
export { nodeLabels, type Task } from './labels.js';
export { loadProbes, parseSpec } from './load-specs.js';
export { probeMatrixFigure, probeMatrixSchema, type ProbeMatrixResult } from './matrix-figure.js';
export { calibration, type Calibration } from './measures/calibration.js';
export {
  classCodelength,
  CODE_FRACTIONS,
  CODE_PENALTIES,
  nodeCodelength,
  type CodeBlock,
  type Codelength,
  type CodelengthOptions,
} from './measures/codelength.js';
export { diagonality, type DepthMatrix, type Diagonality, type DiagonalityOptions } from './measures/diagonality.js';
export {
  CHANCE,
  MEASURES,
  weightedMeasure,
  type Measure,
  type Scored,
  type WeightedMeasure,
} from './measures/scored.js';
export { estimateMeasure, selectivity, type Selectivity } from './measures/selectivity.js';
export { DEFAULT_PENALTIES } from './nested.js';
export { PreparedDesign, type PrepareOptions } from './prepared-design.js';
export { gatherProbeData, type GatherOptions, type ProbeData, type ProbeItem } from './probe-data.js';
export {
  METRIC_WORDS,
  type Baseline,
  type BaselineName,
  type CalibrationSummary,
  type FitSummary,
  type LeftOut,
  type LengthSummary,
  type ProbeAtThought,
  type ProbeMetric,
  type ProbeResult,
} from './probe-result.js';
export { readActivations } from './read-activations.js';
export { runMatrix, type MatrixCell, type ProbeMatrix } from './run-matrix.js';
export type { ProbeOptions } from './run-node-probe.js';
export { runProbe } from './run-probe.js';
export type { ProbeSite } from './site.js';
export {
  defineProbe,
  type ClassProbe,
  type NodeProbe,
  type NumberProbe,
  type ProbeReading,
  type ProbeSpec,
  type ProbeTask,
} from './spec.js';
export type { PoolOptions } from '../parallel/index.js';
export { prepareThoughts, type ThoughtFits } from './thought-fits.js';
