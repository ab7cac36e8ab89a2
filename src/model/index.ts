export { MASKED, type Segment } from './attention.js';
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
export { identityTap, type Tap } from './tap.js';
