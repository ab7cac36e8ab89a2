import { LensError } from '../errors.js';
import {
  checkIds,
  END_OF_TEXT,
  GPT2_LATENT_TOKENS,
  latentEntries,
  type TextTokenizer,
  type TokenizerOptions,
} from './text-tokenizer.js';

const NAME = 'gpt2';

/**
 * GPT-2's own byte-level BPE of 50,257 tokens (the published r50k_base ranks, from gpt-tokenizer, which is loaded only
 * when this is called), with the latent tokens added. `<|endoftext|>` and the latent tokens are recognised in text.
 *
 * Which characters are white space follows JavaScript: next to U+FEFF and U+0085 a text may be cut otherwise than in
 * Python. ProsQA has neither.
 *
 * @throws LensError if an id asked for a latent token belongs to another token
 */
export async function gpt2Tokenizer({ latentTokens, latentNames }: TokenizerOptions = {}): Promise<TextTokenizer> {
  const [{ encode }, { default: ranks }] = await Promise.all([
    import('gpt-tokenizer/encoding/r50k_base'),
    import('gpt-tokenizer/bpeRanks/r50k_base'),
  ]);
  const eos = ranks.length;
  const latent = latentTokens === null ? undefined : (latentTokens ?? GPT2_LATENT_TOKENS);
  const textOf = (id: number): string | undefined => {
    if (id === eos) return END_OF_TEXT;
    return id in ranks ? decodeBytes(toBytes(ranks[id])) : undefined;
  };
  const added = new Map([[END_OF_TEXT, eos], ...latentEntries(NAME, latent, latentNames, textOf, () => undefined)]);
  const texts = new Map([...added].map(([text, id]) => [id, text]));
  const vocabularySize = Math.max(...added.values()) + 1;
  const split = new RegExp(
    `(${[...added.keys()].map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`,
  );

  const encodeText = (text: string): number[] =>
    text
      .split(split)
      .filter((piece) => piece !== '')
      .flatMap((piece) => added.get(piece) ?? encode(piece));
  const bytesOf = (id: number): Uint8Array => {
    const text = texts.get(id);
    if (text !== undefined) return toBytes(text);
    if (id in ranks) return toBytes(ranks[id]);
    throw new LensError(NAME, `has no token ${id}`, `ids are 0..${eos} and those of the latent tokens`);
  };
  return {
    name: NAME,
    vocabularySize,
    source: { package: 'gpt-tokenizer' },
    eos,
    latentTokens: latent,
    encode: encodeText,
    encodePrompt: encodeText,
    // From the bytes of all tokens: the package's own decoder carries the rest of a cut character over to the next call.
    decode(ids) {
      checkIds(NAME, ids, vocabularySize);
      return decodeBytes(Buffer.concat(ids.map(bytesOf)));
    },
  };
}

/** The ranks hold text where a token is valid UTF-8, and bytes where it is part of a character. */
function toBytes(token: string | readonly number[]): Uint8Array {
  return typeof token === 'string' ? new TextEncoder().encode(token) : Uint8Array.from(token);
}

function decodeBytes(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
