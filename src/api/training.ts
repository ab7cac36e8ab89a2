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
  type Measurement,
  type Metrics,
  type Outcome,
  type Question,
  type StepReport,
  type TrainingConfig,
  type TrainingData,
  type TrainingPoint,
  type TrainingResult,
  type TrainingRun,
} from '../training/index.js';
export { trainingPageHtml, type TrainingPage } from '../view/index.js';
