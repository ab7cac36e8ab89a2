export { answerItems, compareAnswers, type Answers, type ComparedModel } from './compare.js';
export { evaluateItems, measuresOf, type EvaluateOptions, type Measure, type ThoughtsAccuracy } from './evaluate.js';
