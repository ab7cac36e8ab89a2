export type { Design } from './design.js';
export { fitLogistic, scoreRows, type IterativeFit, type LinearFit, type LogisticOptions } from './fits/logistic.js';
export { standardise, toRaw, type Standardisation } from './fits/standardisation.js';
