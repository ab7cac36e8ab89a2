/**
 * Training: methods, presets, the trainer.
 *
 * @module
 */
export {
  parseTrainingConfig,
  PRESETS,
  runTraining,
  trainingFigure,
  type Metrics,
  type StepReport,
  type TrainingConfig,
  type TrainingData,
  type TrainingPoint,
  type TrainingResult,
  type TrainingRun,
} from '../training/index.js';
