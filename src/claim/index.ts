export {
  choosePredictions,
  judgeModel,
  observeModel,
  type BatteryResult,
  type Examined,
  type Observations,
  type ObserveOptions,
} from './battery.js';
export {
  calibrateModel,
  differences,
  EXPECTED,
  truthOf,
  type CalibrationCell,
  type CalibrationModel,
  type Expected,
} from './calibration.js';
export { calibrationVerdictsFigure, confusionFigure, type CalibrationResult } from './figures/calibration.js';
export { findingMatrix } from './figures/finding-figures.js';
export { claimForest, findingForest, type ClaimCriterion, type ClaimFinding } from './figures/forest.js';
export { VERDICT_SIGNS, VERDICT_WORDS } from './figures/verdict-marks.js';
export { formatBattery } from './format.js';
export {
  CONCLUSIONS,
  PREDICTION_IDS,
  VERDICTS,
  type ControlObservations,
  type Criterion,
  type Finding,
  type Measure,
  type Observation,
  type Prediction,
  type PredictionId,
  type Verdict,
} from './prediction.js';
export { PREDICTIONS } from './predictions/index.js';
export {
  CLAIM_VERSION,
  claimFindings,
  claimResultSchema,
  readClaimResult,
  type ClaimFindings,
  type ClaimResult,
} from './result.js';
export { FLIPS, LEAST_GRAPHS, LEVEL, type Settings } from './settings.js';
export { THRESHOLDS, type Threshold, type ThresholdName } from './thresholds.js';
export { RULE_NAMES, type Conclusion, type Judged, type RuleName } from './verdict.js';
