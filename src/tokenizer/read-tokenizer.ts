import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { LensError } from '../errors.js';
import { bytePairEncoder, type BytePairEncoder } from './hugging-face.js';
import {
  checkIds,
  END_OF_TEXT,
  GPT2_LATENT_TOKENS,
  latentEntries,
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
  { latentTokens }: TokenizerOptions = {},
): Promise<TextTokenizer | undefined> {
  const found = await readDescription(folder);
  if (found === undefined) return undefined;
  const { path, json } = found;
  const ids = new Map([
    ...Object.entries(json.model.vocab),
    ...json.added_tokens.map(({ content, id }) => [content, id] as const),
  ]);
  const texts = new Map([...ids].map(([text, id]) => [id, text]));
  const latent = latentTokens === null ? undefined : (latentTokens ?? GPT2_LATENT_TOKENS);
  const entries = latentEntries(
    path,
    latent,
    (id) => texts.get(id),
    (text) => ids.get(text),
  );
  for (const [content, id] of entries) {
    if (!json.added_tokens.some((token) => token.content === content)) {
      json.added_tokens.push({ content, id, special: false });
    }
    texts.set(id, content);
  }
  const eos = await endToken(folder, path, ids);
  return textTokenizer(path, json, texts, await built(path, json), eos, latent);
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
  eos: number,
  latentTokens: TextTokenizer['latentTokens'],
): TextTokenizer {
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
    eos,
    latentTokens,
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

async function readDescription(folder: string): Promise<{ path: string; json: TokenizerJson } | undefined> {
  const path = join(folder, 'tokenizer.json');
  const json = await readJson(path);
  if (json !== undefined) return { path, json: parseTokenizerJson(path, json) };
  const vocabPath = join(folder, 'vocab.json');
  const mergesPath = join(folder, 'merges.txt');
  const vocab = await readJson(vocabPath);
  const merges = await readText(mergesPath);
  if (vocab === undefined && merges === undefined) return undefined;
  if (vocab === undefined || merges === undefined) {
    const [there, absent] = vocab === undefined ? [mergesPath, 'vocab.json'] : [vocabPath, 'merges.txt'];
    throw new LensError(there, `half of a tokenizer: the folder has no ${absent}`, `add ${absent}, or tokenizer.json`);
  }
  const addedPath = join(folder, 'added_tokens.json');
  const added = addedSchema.safeParse((await readJson(addedPath)) ?? {});
  if (!added.success) throw new LensError(addedPath, 'not a list of tokens with their ids', REMEDY);
  return { path: vocabPath, json: parseTokenizerJson(vocabPath, fromVocabAndMerges(vocab, merges, added.data)) };
}

async function endToken(folder: string, path: string, ids: ReadonlyMap<string, number>): Promise<number> {
  const configPath = join(folder, 'tokenizer_config.json');
  const config = configSchema.safeParse((await readJson(configPath)) ?? {});
  if (!config.success) throw new LensError(configPath, 'its eos_token is not a token', REMEDY);
  const text = config.data.eos_token ?? END_OF_TEXT;
  const id = ids.get(text);
  if (id === undefined)
    throw new LensError(path, `has no end token (${text})`, 'name it in tokenizer_config.json (eos_token)');
  return id;
}

async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new LensError(path, 'not valid JSON', REMEDY, 'failure', error);
  }
}

/** Undefined if there is no such file. */
async function readText(path: string): Promise<string | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'ENOENT') return undefined;
    throw new LensError(
      path,
      `cannot be read (${error.message})`,
      'check the path and the permissions',
      'failure',
      error,
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new LensError(path, 'not text in UTF-8', REMEDY, 'failure', error);
  }
}
