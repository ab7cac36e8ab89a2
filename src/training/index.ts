export { adamwStep, type AdamWOptions, type AdamWSchedule, type AdamWState } from './adamw.js';
export type { TrainingData } from './batches.js';
export {
  coconutLoss,
  crossEntropy,
  IGNORED,
  type LatentInput,
  type LatentOptions,
  type TrainingBatch,
} from './coconut-loss.js';
export { methodOf, parseTrainingConfig, type GraphsConfig, type PhaseConfig, type TrainingConfig } from './config.js';
export { muonStep, orthogonalized, type MuonOptions, type MuonState } from './muon.js';
export { initialWeights, type InitialOptions } from './initial-weights.js';
export { METHODS, type Method, type Plan, type PlanContext } from './methods/index.js';
export { metricsSchema, trainingFigure, type TrainingPoint } from './metrics-figure.js';
export { modelConfigOf } from './model-config.js';
export { planTraining, type PhasePlan, type TrainingPlan } from './plan.js';
export { PRESETS } from './presets/index.js';
export {
  runTraining,
  type Measurement,
  type PreparedRun,
  type TrainingResult,
  type TrainingRun,
} from './run-training.js';
export { initialState, type TrainingState } from './state.js';
export {
  gradientProgram,
  trainingStep,
  updateProgram,
  type GradientOptions,
  type TrainingStepOptions,
  type UpdateOptions,
} from './step.js';
export type { Question } from './training-example.js';
export { trainedGraphs } from './trained-graphs.js';
export { Trainer, type StepReport } from './trainer.js';
export type { Metrics } from './training-folder.js';
export { latentsOf, type Outcome } from './validate.js';
