import { LensError } from '../errors.js';
import type { Tokenizer } from './tokenizer.js';

/** Token ids of the three tokens that Coconut adds to a vocabulary. */
export interface LatentTokens {
  readonly start: number;
  readonly end: number;
  readonly latent: number;
}

/** The ids under which facebookresearch/coconut adds its tokens to GPT-2's 50,257, in the order of its run.py. */
export const GPT2_LATENT_TOKENS: LatentTokens = { start: 50257, end: 50258, latent: 50259 };

/** What the three are called in a vocabulary. */
export interface LatentNames {
  readonly start: string;
  readonly end: string;
  readonly latent: string;
}

/** What facebookresearch/coconut calls them. */
export const LATENT_NAMES: LatentNames = {
  start: '<|start-latent|>',
  end: '<|end-latent|>',
  latent: '<|latent|>',
};

/** GPT-2's end token, 50256. */
export const END_OF_TEXT = '<|endoftext|>';

/** A tokenizer of running text that knows the latent tokens. */
export interface TextTokenizer extends Tokenizer {
  /** Ends a text. */
  readonly eos: number;
  /** Undefined where none were added, as for the CoT and no-CoT models of facebookresearch/coconut. */
  readonly latentTokens: LatentTokens | undefined;
  /** {@link Tokenizer.encode} with the tokens that the tokenizer puts around a text by itself; GPT-2's puts none. */
  encodePrompt(text: string): number[];
}

/** Which marker tokens a tokenizer has beside its own. */
export interface TokenizerOptions {
  /** Default {@link GPT2_LATENT_TOKENS}; null adds none. */
  readonly latentTokens?: LatentTokens | null | undefined;
  /** What they are called, where not `<|start-latent|>`, `<|end-latent|>` and `<|latent|>`. */
  readonly latentNames?: LatentNames | undefined;
}

/**
 * The texts of the latent tokens with their ids.
 *
 * @param textOf the token that a vocabulary has at an id
 * @param idOf the id that it has for a token
 * @throws LensError about `subject` if an id is taken, a token has another id, or two have the same
 */
export function latentEntries(
  subject: string,
  tokens: LatentTokens | undefined,
  names: LatentNames | undefined,
  textOf: (id: number) => string | undefined,
  idOf: (text: string) => number | undefined,
): [text: string, id: number][] {
  if (tokens === undefined) return [];
  const { start, end, latent } = names ?? LATENT_NAMES;
  const entries: [string, number][] = [
    [start, tokens.start],
    [end, tokens.end],
    [latent, tokens.latent],
  ];
  const remedy = 'give the latent tokens the ids that the model was trained with (coconut.latent_tokens)';
  entries.forEach(([text, id], i) => {
    const known = idOf(text);
    if (known !== undefined && known !== id) {
      throw new LensError(subject, `${text} is token ${known} here, not the one asked for (${id})`, remedy);
    }
    const other = textOf(id) ?? entries.slice(0, i).find(([, taken]) => taken === id)?.[0];
    if (other !== undefined && other !== text) {
      throw new LensError(
        subject,
        `the id asked for ${text} (${id}) is that of ${JSON.stringify(other)}`,
        `${remedy}; a token of another name is given with it (import --markers, or coconut.latent_names)`,
      );
    }
  });
  return entries;
}

/** @throws LensError if an id is not one of 0..size-1 */
export function checkIds(subject: string, ids: readonly number[], size: number): void {
  const wrong = ids.find((id) => !Number.isInteger(id) || id < 0 || id >= size);
  if (wrong === undefined) return;
  throw new LensError(subject, `has no token ${wrong}`, `ids are 0..${size - 1}`);
}
