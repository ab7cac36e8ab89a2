export type { Alignment, AlignmentEvidence, CrossFittedAlignment } from './alignment.js';
export type { Batch, DepthRange } from './batch.js';
export {
  choosePredictions,
  judgeModel,
  observeModel,
  type BatteryResult,
  type Observations,
  type ObserveOptions,
  type TestedModel,
} from './battery.js';
export {
  buildCalibrationModel,
  calibrateModel,
  differences,
  EXPECTED,
  truthOf,
  type CalibrationCell,
  type CalibrationModel,
  type Expected,
} from './calibration.js';
export { calibrate, type CalibrateOptions } from './calibrate.js';
export { drawBatteryItems } from './draw-items.js';
export {
  calibrationSchema,
  calibrationVerdictsFigure,
  confusionFigure,
  type CalibrationResult,
} from './figures/calibration.js';
export { claimFigures } from './figures/claim-figures.js';
export { findingMatrix } from './figures/finding-figures.js';
export { claimForest, findingForest, type ClaimCriterion, type ClaimFinding } from './figures/forest.js';
export { VERDICT_SIGNS } from './figures/verdict-marks.js';
export { CALIBRATION_NAMES } from './names.js';
export { formatBattery } from './format.js';
export { formatCalibration } from './format-calibration.js';
export {
  CONCLUSIONS,
  definePrediction,
  ROLE_DESCRIPTIONS,
  VERDICT_WORDS,
  VERDICTS,
  type ControlObservations,
  type Criterion,
  type Evidence,
  type Finding,
  type Measure,
  type MeasureMatrix,
  type Observation,
  type Prediction,
  type PredictionId,
  type PredictionText,
  type Role,
  type Subject,
  type Verdict,
} from './prediction.js';
export { PREDICTION_IDS, PREDICTIONS, THRESHOLDS } from './predictions/index.js';
export {
  CLAIM_VERSION,
  claimFindings,
  claimResultSchema,
  readClaimResult,
  type ClaimFindings,
  type ClaimResult,
} from './result.js';
export { LEAST_GRAPHS, LEVEL, type JudgeSettings } from './settings.js';
export { type Threshold, type Thresholds } from './thresholds.js';
export { layerWords } from './kind-words.js';
export type { Layer } from './beams.js';
export type { Found, Scrubbed } from './scrubbed-answers.js';
export type { Swapped, TurnedBySwap } from './swapped-answers.js';
export type { PredictionResult } from './correct-for-tests.js';
export { RULE_NAMES, type Conclusion, type RuleName, type SearchKind } from './verdict.js';
