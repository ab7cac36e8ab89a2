import type { Item } from '../dataset/index.js';
import type { DecodingFormat } from './decoding-format.js';

/** What a tokenizer's ids depend on, for provenance. */
export interface TokenizerSource {
  /** The npm package that brings the tokenizer, or runs the files. */
  readonly package: string;
  /** SHA-256, hexadecimal, of every file that was read, by name; absent where the tokenizer is built in. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Text to token ids and back. */
export interface Tokenizer {
  /** What artefacts call it. */
  readonly name: string;
  /** Ids are 0..vocabularySize-1. */
  readonly vocabularySize: number;
  readonly source: TokenizerSource;
  /** @throws LensError if the text holds something the vocabulary cannot express */
  encode(text: string): number[];
  /** The text of the ids, special tokens included. @throws LensError on an id outside the vocabulary */
  decode(ids: readonly number[]): string;
}

/**
 * Where a model's answer is read: `token`, the one token after the wording's suffix; `text`, what it generates greedily
 * after the suffix until the end token, at most `maxNewTokens` tokens.
 */
export type Answering = { readonly kind: 'token' } | { readonly kind: 'text'; readonly maxNewTokens: number };

/**
 * How an item is put to a Coconut model, and how its output is read. A pass is `prompt`, then k thoughts (the last
 * hidden state fed back k times in place of a token's embedding), then `suffix`, then what the model says.
 */
export interface Wording {
  readonly tokenizer: Tokenizer;
  /** Ends the answer. */
  readonly eos: number;
  /** Fills up a batch on the left, always masked. */
  readonly pad: number;
  /** Stands at a thought's position where ids are needed for it; its embedding is never read. */
  readonly latent: number;
  /** Between the last thought and the answer. */
  readonly suffix: readonly number[];
  readonly answering: Answering;
  /** How a model goes on where its thoughts are cut short. */
  readonly decoding: DecodingFormat;
  /**
   * Everything before the thoughts. The hidden state at its last token is the first thought.
   *
   * @throws LensError naming the item if the wording cannot express it
   */
  prompt(item: Item): number[];
  /** The item's right answer: what a model is trained to say after `suffix`, the end token included. */
  answer(item: Item): number[];
  /**
   * What stands between `suffix` and the name in the answer: `### Tom is a` in English, nothing in the symbolic wording.
   * With it the next token is the first of the answer's name.
   */
  answerStem(item: Item): number[];
  /** The token by which a node is read through the LM head: its only one, or its name's first. */
  nodeToken(item: Item, node: number): number;
  /** All tokens of a node's name, as it stands inside a sentence; the first one is `nodeToken`. */
  nodeTokens(item: Item, node: number): number[];
  /**
   * The names that `nodeToken` cannot tell apart: groups of two or more that share their first token, in the order of
   * `names`. Empty where every node has a token of its own.
   */
  collisions(names: readonly string[]): string[][];
  /** The node that generated ids (those after `suffix`) give as their answer; undefined if they name none. */
  answerOf(ids: readonly number[], item: Item): number | undefined;
  /** Whether `answerOf` is the same whatever follows these ids. */
  readonly isSettled: (ids: readonly number[]) => boolean;
}

/** The same wording, where a model may say at most so many tokens. An answer of one token stays one. */
export function withMaxNewTokens(wording: Wording, maxNewTokens: number): Wording {
  const { answering, decoding } = wording;
  return {
    ...wording,
    answering: answering.kind === 'text' ? { kind: 'text', maxNewTokens } : answering,
    decoding: { ...decoding, maxNewTokens },
  };
}

/** Positions that are read after the thoughts to answer in a wording: the last token is said, not read. */
export function followingOf({ suffix, answering }: Pick<Wording, 'suffix' | 'answering'>): number {
  return suffix.length + (answering.kind === 'text' ? answering.maxNewTokens - 1 : 0);
}
