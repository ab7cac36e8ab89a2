/**
 * Interventions: ablation and activation patching of thoughts, directions, answers.
 *
 * @module
 */
export {
  ablationHook,
  ABLATIONS,
  addDirection,
  branchDirections,
  earlyStop,
  isCorrect,
  isFlip,
  isMostlyOther,
  logitDifference,
  mapThoughts,
  orthonormalBasis,
  otherMass,
  otherNodes,
  patchThoughts,
  preference,
  queryKeyDirection,
  randomDirections,
  readAnswers,
  removeDirections,
  runAblated,
  shareInDirections,
  unitDirection,
  type Ablation,
  type AblationPlan,
  type AblationSource,
  type Answer,
  type Basis,
  type Direction,
  type DirectionSource,
  type HeadSite,
  type Inapplicable,
  type QueryKeyOptions,
} from '../intervention/index.js';
