export { joinTraces } from './join-traces.js';
export { float32, rowAt } from './host-arrays.js';
export {
  activationAxes,
  activationNames,
  passActivationNames,
  type ActivationSelector,
  type ActivationSite,
  type Axis,
} from './activations.js';
export { MASKED, type Segment } from './attention.js';
export {
  activationsFor,
  largestDisagreement,
  quantityOfRow,
  quantitySites,
  type Disagreement,
  type Quantity,
  type QuantitySite,
} from './compare-trace.js';
export {
  Coconut,
  createCoconut,
  loadCoconut,
  type CoconutWeights,
  type HookOptions,
  type SuffixOptions,
  type TraceOptions,
} from './coconut.js';
export { CoconutRun } from './coconut-run.js';
export {
  CONSTRUCTED,
  NOISE_LEVELS,
  permuteHeads,
  permuteNeurons,
  permuteResidual,
  rescaleHeads,
  withNoise,
  randomInit,
  type Constructed,
  type ConstructedModel,
  type ConstructedName,
  type RandomInitOptions,
  type Symmetry,
} from './constructed/index.js';
export type { Sampling } from './decoding.js';
export type { GenerateOptions, Generation } from './generate.js';
export {
  embed,
  embedThoughts,
  logits,
  pass,
  positionEmbedding,
  tokenEmbedding,
  type Gpt2Parameters,
  type PassConfig,
  type PassContext,
  type PassOptions,
  type PassResult,
} from './gpt2.js';
export type { Hook, HookFunction } from './hooks.js';
export { interchange, type InterchangeOptions, type InterchangeRegion } from './interchange.js';
export type { Prompts } from './prompts.js';
export type { Activation, TracePass } from './recorder.js';
export { openReference, type ReferenceFolder, type ReferenceMeta } from './reference-folder.js';
export type { Replay, ReplayOptions } from './replay.js';
export { supplyThoughts, type ReplaceThought } from './rollout.js';
export { createLeanCoconut } from './silent-parts.js';
export type { RethinkOptions, RunOptions, ThinkOptions } from './run-options.js';
export type { Continuations, ContinuationScore, ScoreOptions } from './score.js';
export { identityTap, type Tap } from './tap.js';
export { answerGradients, nextThoughtJacobian } from './thought-gradients.js';
export type { ThoughtTrace } from './trace.js';
export {
  verifyModel,
  type SiteDisagreement,
  type TokenDisagreement,
  type Verification,
  type VerifyOptions,
} from './verify.js';
