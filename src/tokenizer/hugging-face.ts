import type { TokenizerJson } from './tokenizer-json.js';

/**
 * The part of `@huggingface/tokenizers` that this project uses. Its own declarations import without file extensions,
 * which under NodeNext resolution makes everything `any` without notice; this is what they say.
 */
export interface BytePairEncoder {
  encode(text: string, options: { readonly add_special_tokens: boolean }): { readonly ids: readonly number[] };
  decode(
    ids: readonly number[],
    options: { readonly skip_special_tokens: boolean; readonly clean_up_tokenization_spaces: boolean },
  ): string;
}

/** Loads the package, which happens only here, and builds the tokenizer that a tokenizer.json describes. */
export async function bytePairEncoder(json: TokenizerJson): Promise<BytePairEncoder> {
  const module = (await import('@huggingface/tokenizers')) as {
    readonly Tokenizer: new (json: TokenizerJson, config: object) => BytePairEncoder;
  };
  return new module.Tokenizer(json, {});
}
