export { readAnswers } from './answer.js';
export { randomDonors, sameAnswerDonors } from './donors.js';
export { escape, ESCAPE, FLIP, isEscape, isFlip, preference, right, type Answer } from './metrics.js';
export { earlyStop, SUBSTITUTES } from './substitutes.js';
export {
  replacement,
  runSubstitution,
  type Inapplicable,
  type Substitute,
  type SubstituteSource,
  type Substitution,
} from './substitution.js';
export { fillThoughts, requireThoughts, selectRows, thoughtOf, type Thoughts } from './thought-rows.js';
export { mapThoughts } from './map-thoughts.js';
export { transplant } from './transplant.js';
export {
  branchDirections,
  headRow,
  otherNodes,
  queryKeyDirection,
  type DirectionSource,
  type HeadSite,
  type QueryKeyOptions,
} from './branch-directions.js';
export {
  addDirection,
  orthonormalBasis,
  randomDirections,
  removeDirections,
  shareInDirections,
  unitDirection,
  type Basis,
  type Direction,
} from './directions.js';
