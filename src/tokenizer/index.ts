export type { DecodingFormat, EmittedPath } from './decoding-format.js';
export { englishWording, type EnglishOptions, type EnglishWording } from './english-wording.js';
export { gpt2Tokenizer } from './gpt2-tokenizer.js';
export { findLatentTokens, readTokenizer } from './read-tokenizer.js';
export { SYMBOLIC_NODES, SYMBOLIC_TOKENS, symbolicTokenizer } from './symbolic-tokenizer.js';
export { spokenSymbolicWording, symbolicPrompt, symbolicStatements, symbolicWording } from './symbolic-wording.js';
export {
  END_OF_TEXT,
  GPT2_LATENT_TOKENS,
  type LatentNames,
  type LatentTokens,
  type TextTokenizer,
  type TokenizerOptions,
} from './text-tokenizer.js';
export {
  followingOf,
  withMaxNewTokens,
  type Answering,
  type Tokenizer,
  type TokenizerSource,
  type Wording,
} from './tokenizer.js';
