export { answerItems, compareAnswers, type Answers, type ComparedModel } from './compare.js';
export { formatComparison, type ComparedName } from './comparison-table.js';
export { evaluateItems, measuresOf, type EvaluateOptions, type Measure, type ThoughtsAccuracy } from './evaluate.js';
export { evaluationOf, type Evaluation } from './evaluation.js';
export { formatEvaluation } from './evaluation-table.js';
