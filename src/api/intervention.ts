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
  FLIP,
  isCorrect,
  isFlip,
  isMostlyOther,
  logitDifference,
  mapThoughts,
  MOSTLY_OTHER,
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
  type AblationPool,
  type AblationSource,
  type Answer,
  type Basis,
  type Direction,
  type DirectionSource,
  type HeadSite,
  type Inapplicable,
  type QueryKeyOptions,
  type Thoughts,
} from '../intervention/index.js';
export type { AblationEffect, AblationResult, AnswerMeans, PatchResult } from '../effect/index.js';
