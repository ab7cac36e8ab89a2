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
  Coconut,
  CoconutRun,
  createCoconut,
  loadCoconut,
  type CoconutWeights,
  type HookOptions,
  type RunOptions,
  type SuffixOptions,
  type ThinkOptions,
  type TraceOptions,
} from './coconut.js';
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
export type { Prompts } from './prompts.js';
export type { Activation, TracePass } from './recorder.js';
export type { Replay, ReplayOptions } from './replay.js';
export { supplyThoughts, type ReplaceThought } from './rollout.js';
export { identityTap, type Tap } from './tap.js';
export type { ThoughtTrace } from './trace.js';
