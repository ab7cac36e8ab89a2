import { z } from 'zod';
import { LensError } from '../errors.js';
import { BYTE_CHARACTERS } from './byte-characters.js';

const id = z.int().nonnegative();

const addedToken = z.looseObject({ id, content: z.string().min(1), special: z.boolean().default(false) });

const component = z.looseObject({ type: z.string() }).nullable().default(null);

/** Turns bytes into characters of the vocabulary, alone or as one of several steps. */
const byteLevel = z
  .looseObject({ type: z.string(), pretokenizers: z.array(z.looseObject({ type: z.string() })).default([]) })
  .refine(({ type, pretokenizers }) => [{ type }, ...pretokenizers].some((step) => step.type === 'ByteLevel'), {
    message: 'not ByteLevel',
  });

/**
 * The parts of a tokenizer.json that make it GPT-2's kind: byte-level BPE. The merges are pairs, or, as older versions
 * write them, two tokens with a space between. What else is there is left to the package that runs it.
 */
const schema = z.looseObject({
  added_tokens: z.array(addedToken).default([]),
  normalizer: component,
  pre_tokenizer: byteLevel,
  post_processor: component,
  decoder: z.looseObject({ type: z.literal('ByteLevel') }),
  model: z.looseObject({
    // GPT-2's own file is older than this field.
    type: z.literal('BPE').default('BPE'),
    vocab: z.record(z.string(), id),
    merges: z.array(z.union([z.tuple([z.string(), z.string()]), z.string().regex(/^[^ ]+ [^ ]+$/, 'not two tokens')])),
  }),
});

export type TokenizerJson = z.infer<typeof schema>;

const REMEDY = 'save the tokenizer again, or ask for the built-in gpt2';

/**
 * Validates the parsed content of a tokenizer.json and what no single field can show: every id belongs to one token,
 * and every merge makes a token of two tokens (the package would silently leave out what is not in the vocabulary).
 *
 * @throws LensError about `subject`
 */
export function parseTokenizerJson(subject: string, value: unknown): TokenizerJson {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue.path.map(String).join('.') || 'the file';
    throw new LensError(subject, `not a byte-level BPE tokenizer (${where}: ${issue.message})`, REMEDY);
  }
  const json = parsed.data;
  const { vocab, merges } = json.model;
  const owners = new Map<number, string>();
  const tokens = new Set(Object.keys(vocab));
  for (const [text, tokenId] of [
    ...Object.entries(vocab),
    ...json.added_tokens.map((token) => [token.content, token.id] as const),
  ]) {
    const owner = owners.get(tokenId);
    if (owner !== undefined && owner !== text) {
      throw new LensError(subject, `two tokens have the id ${tokenId} (${quoted(owner)} and ${quoted(text)})`, REMEDY);
    }
    owners.set(tokenId, text);
  }
  if (tokens.size === 0) throw new LensError(subject, 'the vocabulary has no tokens (0)', REMEDY);
  merges.forEach((merge, i) => {
    const [left, right] = typeof merge === 'string' ? merge.split(' ') : merge;
    const missing = [left, right, left + right].find((token) => !tokens.has(token));
    if (missing === undefined) return;
    throw new LensError(subject, `merge ${i} needs a token that is not in the vocabulary (${quoted(missing)})`, REMEDY);
  });
  return json;
}

/**
 * The tokenizer.json that GPT-2's older pair of files stands for.
 *
 * @param vocab content of vocab.json: token to id
 * @param merges text of merges.txt: a line `left right` per merge, best first, after an optional `#version` line
 * @param added content of added_tokens.json: further tokens
 */
export function fromVocabAndMerges(vocab: unknown, merges: string, added: Readonly<Record<string, number>>): unknown {
  const lines = merges.split(/\r?\n/);
  if (lines[0].startsWith('#version')) lines.shift();
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false };
  const isEnd = (text: string): boolean => /^<\|endoftext\|>$/.test(text);
  const inVocab = typeof vocab === 'object' && vocab !== null ? Object.entries(vocab) : [];
  const ends = inVocab.filter(([text]) => isEnd(text));
  return {
    added_tokens: [...ends, ...Object.entries(added)].map(([content, tokenId]: [string, unknown]) => ({
      content,
      id: tokenId,
      special: isEnd(content),
    })),
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: byteLevel,
    decoder: byteLevel,
    model: { type: 'BPE', vocab, merges: lines.filter((line) => line !== '') },
  };
}

/** Bytes that no token of the vocabulary begins with or is: text that holds one cannot be expressed. */
export function missingBytes({ model: { vocab } }: TokenizerJson): Set<number> {
  const bytes = BYTE_CHARACTERS.map((character, byte) => (Object.hasOwn(vocab, character) ? -1 : byte));
  return new Set(bytes.filter((byte) => byte >= 0));
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
}
