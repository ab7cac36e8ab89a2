export type { Tokenizer, Wording } from './tokenizer.js';
export { SYMBOLIC_NODES, SYMBOLIC_TOKENS, symbolicTokenizer } from './symbolic-tokenizer.js';
export { symbolicPrompt, symbolicWording } from './symbolic-wording.js';
