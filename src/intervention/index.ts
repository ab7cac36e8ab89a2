export {
  ablationHook,
  runAblated,
  type Ablation,
  type AblationPlan,
  type AblationPool,
  type AblationSource,
  type Inapplicable,
} from './ablation.js';
export { ABLATIONS, earlyStop, readsThoughts } from './ablations.js';
export { readAnswers } from './answer.js';
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
export { randomDonors, sameAnswerDonors } from './donors.js';
export { mapThoughts } from './map-thoughts.js';
export {
  FLIP,
  isCorrect,
  isFlip,
  isMostlyOther,
  logitDifference,
  MOSTLY_OTHER,
  otherMass,
  preference,
  type Answer,
} from './metrics.js';
export { patchThoughts } from './patch-thoughts.js';
export { fillThoughts, requireThoughts, selectRows, thoughtOf, type Thoughts } from './thought-rows.js';
