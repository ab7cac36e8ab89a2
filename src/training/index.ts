export { adamwStep, type AdamWOptions, type AdamWSchedule, type AdamWState } from './adamw.js';
export { coconutLoss, crossEntropy, IGNORED, type TrainingBatch } from './coconut-loss.js';
export { gradientProgram, trainingStep, type TrainingStepOptions } from './step.js';
