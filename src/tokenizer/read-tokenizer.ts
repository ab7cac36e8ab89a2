import { basename } from 'node:path';
import { z } from 'zod';
import { LensError } from '../errors.js';
import { HashedFiles } from './hashed-files.js';
import { bytePairEncoder, type BytePairEncoder } from './hugging-face.js';
import {
  checkIds,
  END_OF_TEXT,
  GPT2_LATENT_TOKENS,
  LATENT_NAMES,
  latentEntries,
  type LatentNames,
  type LatentTokens,
  type TextTokenizer,
  type TokenizerOptions,
} from './text-tokenizer.js';
import { fromVocabAndMerges, missingBytes, parseTokenizerJson, type TokenizerJson } from './tokenizer-json.js';

const REMEDY = 'save the tokenizer again, or ask for the built-in gpt2';

/** The only field of tokenizer_config.json that is read: a text, or an added token with one. */
const configSchema = z.looseObject({
  eos_token: z
    .union([z.string(), z.looseObject({ content: z.string() }).transform(({ content }) => content)])
    .nullish(),
});

const addedSchema = z.record(z.string(), z.int().nonnegative());

/**
 * Reads a byte-level BPE tokenizer from a Hugging Face folder: tokenizer.json, or else vocab.json and merges.txt (with
 * added_tokens.json if it is there), and adds the latent tokens that it does not have yet. Its end token is that of
 * tokenizer_config.json, or `<|endoftext|>`. Decoding is lossless: it takes no spaces away.
 *
 * @returns undefined if the folder holds no tokenizer
 * @throws LensError if a file is malformed, or the latent tokens do not fit it
 */
export async function readTokenizer(
  folder: string,
  { latentTokens, latentNames }: TokenizerOptions = {},
): Promise<TextTokenizer | undefined> {
  const files = new HashedFiles(folder, REMEDY);
  const found = await readDescription(files);
  if (found === undefined) return undefined;
  const { path, json } = found;
  const ids = idsOf(json);
  const texts = new Map([...ids].map(([text, id]) => [id, text]));
  const latent = latentTokens === null ? undefined : (latentTokens ?? GPT2_LATENT_TOKENS);
  const entries = latentEntries(
    path,
    latent,
    latentNames,
    (id) => texts.get(id),
    (text) => ids.get(text),
  );
  for (const [content, id] of entries) {
    if (!json.added_tokens.some((token) => token.content === content)) {
      json.added_tokens.push({ content, id, special: false });
    }
    texts.set(id, content);
  }
  const eos = await endToken(files, path, ids);
  const source = { package: '@huggingface/tokenizers', files: files.hashes };
  return { ...textTokenizer(path, json, texts, await built(path, json)), eos, latentTokens: latent, source };
}

/**
 * Where the files of a tokenizer have the latent tokens, wherever that is.
 *
 * @param names what they are called there; default: as in facebookresearch/coconut
 * @returns undefined if the folder holds no tokenizer, or one without all three
 * @throws LensError if a file is malformed, or has some of the `names` that were given, but not all
 */
export async function findLatentTokens(
  folder: string,
  names?: LatentNames,
): Promise<{ readonly tokens: LatentTokens; readonly file: string } | undefined> {
  const found = await readDescription(new HashedFiles(folder, REMEDY));
  if (found === undefined) return undefined;
  const ids = idsOf(found.json);
  const { start, end, latent } = names ?? LATENT_NAMES;
  const tokens = { start: ids.get(start), end: ids.get(end), latent: ids.get(latent) };
  if (tokens.start !== undefined && tokens.end !== undefined && tokens.latent !== undefined) {
    return { tokens: { start: tokens.start, end: tokens.end, latent: tokens.latent }, file: basename(found.path) };
  }
  if (names === undefined) return undefined;
  throw new LensError(
    found.path,
    `has no token ${[start, latent, end]
      .filter((name) => !ids.has(name))
      .map((name) => JSON.stringify(name))
      .join(', ')}`,
    'give the names that stand in its added_tokens',
  );
}

function idsOf(json: TokenizerJson): Map<string, number> {
  return new Map([
    ...Object.entries(json.model.vocab),
    ...json.added_tokens.map(({ content, id }) => [content, id] as const),
  ]);
}

async function built(path: string, json: TokenizerJson): Promise<BytePairEncoder> {
  try {
    return await bytePairEncoder(json);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LensError(path, `not a tokenizer that can be run (${reason})`, REMEDY, 'failure', error);
  }
}

function textTokenizer(
  path: string,
  json: TokenizerJson,
  texts: ReadonlyMap<number, string>,
  encoder: BytePairEncoder,
): Omit<TextTokenizer, 'eos' | 'latentTokens' | 'source'> {
  const vocabularySize = [...texts.keys()].reduce((highest, id) => Math.max(highest, id), 0) + 1;
  const missing = missingBytes(json);
  const encode = (text: string, withSpecial: boolean): number[] => {
    if (missing.size > 0) {
      // The package would leave such a byte out without a word.
      const lost = new TextEncoder().encode(text).find((byte) => missing.has(byte));
      if (lost !== undefined) {
        throw new LensError(
          path,
          `has no token for the byte 0x${lost.toString(16)} of ${JSON.stringify(text)}`,
          REMEDY,
        );
      }
    }
    return [...encoder.encode(text, { add_special_tokens: withSpecial }).ids];
  };
  return {
    name: path,
    vocabularySize,
    encode: (text) => encode(text, false),
    encodePrompt: (text) => encode(text, true),
    decode(ids) {
      checkIds(path, ids, vocabularySize);
      const hole = ids.find((id) => !texts.has(id));
      if (hole !== undefined) throw new LensError(path, `has no token ${hole}`, 'use the tokenizer of this model');
      if (ids.length === 0) return '';
      return encoder.decode(ids, { skip_special_tokens: false, clean_up_tokenization_spaces: false });
    },
  };
}

async function readDescription(files: HashedFiles): Promise<{ path: string; json: TokenizerJson } | undefined> {
  const path = files.path('tokenizer.json');
  const json = await files.json('tokenizer.json');
  if (json !== undefined) return { path, json: parseTokenizerJson(path, json) };
  const [vocabPath, mergesPath] = [files.path('vocab.json'), files.path('merges.txt')];
  const vocab = await files.json('vocab.json');
  const merges = await files.text('merges.txt');
  if (vocab === undefined && merges === undefined) return undefined;
  if (vocab === undefined || merges === undefined) {
    const [there, absent] = vocab === undefined ? [mergesPath, 'vocab.json'] : [vocabPath, 'merges.txt'];
    throw new LensError(there, `half of a tokenizer: the folder has no ${absent}`, `add ${absent}, or tokenizer.json`);
  }
  const added = addedSchema.safeParse((await files.json('added_tokens.json')) ?? {});
  if (!added.success)
    throw new LensError(files.path('added_tokens.json'), 'not a list of tokens with their ids', REMEDY);
  return { path: vocabPath, json: parseTokenizerJson(vocabPath, fromVocabAndMerges(vocab, merges, added.data)) };
}

async function endToken(files: HashedFiles, path: string, ids: ReadonlyMap<string, number>): Promise<number> {
  const config = configSchema.safeParse((await files.json('tokenizer_config.json')) ?? {});
  if (!config.success) throw new LensError(files.path('tokenizer_config.json'), 'its eos_token is not a token', REMEDY);
  const text = config.data.eos_token ?? END_OF_TEXT;
  const id = ids.get(text);
  if (id === undefined)
    throw new LensError(path, `has no end token (${text})`, 'name it in tokenizer_config.json (eos_token)');
  return id;
}
