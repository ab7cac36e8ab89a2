import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { englishAnswer, englishQuestion, englishSteps, randomItems } from '../../src/dataset/index.js';
import { GPT2_LATENT_TOKENS, gpt2Tokenizer, readTokenizer, type TextTokenizer } from '../../src/tokenizer/index.js';
import { LensError } from '../../src/errors.js';
import { createRandom } from '../../src/random.js';
import { folderOf, gpt2Files, tokenizerJson } from './gpt2-files.js';

const SENTENCE = 'Every lempus is a yerpus.';
const SENTENCE_IDS = [6109, 443, 3149, 385, 318, 257, 331, 263, 79, 385, 13];

const builtIn = await gpt2Tokenizer();
const files = gpt2Files();
const [fromJson, fromPair] = await Promise.all([
  fromFolder({ 'tokenizer.json': tokenizerJson(files) }),
  fromFolder({ 'vocab.json': files.vocab, 'merges.txt': `#version: 0.2\n${files.merges.join('\n')}\n` }),
]);

/** Not a test's own folder: all tests share the tokenizers, which keep nothing open. */
async function fromFolder(contents: Record<string, unknown>): Promise<TextTokenizer> {
  const { folder, remove } = folderOf(contents);
  try {
    const tokenizer = await readTokenizer(folder);
    if (tokenizer === undefined) throw new Error('no tokenizer was found');
    return tokenizer;
  } finally {
    remove();
  }
}

const all: [string, TextTokenizer][] = [
  ['built in', builtIn],
  ['tokenizer.json', fromJson],
  ['vocab.json and merges.txt', fromPair],
];

describe.each(all)("GPT-2's vocabulary, %s", (_, tokenizer) => {
  it('has 50,257 tokens and the three that Coconut adds', () => {
    expect(tokenizer).toMatchObject({ vocabularySize: 50260, eos: 50256, latentTokens: GPT2_LATENT_TOKENS });
    const text = '<|endoftext|><|start-latent|><|end-latent|><|latent|>';
    expect(tokenizer.encode(text)).toEqual([50256, 50257, 50258, 50259]);
    expect(tokenizer.decode([50256, 50257, 50258, 50259])).toBe(text);
  });

  it('encodes what is known from the literature', () => {
    expect(tokenizer.encode(SENTENCE)).toEqual(SENTENCE_IDS);
    expect(tokenizer.encode('Every')).toEqual([6109]);
    expect(tokenizer.encode(' Every')).toEqual([3887]);
    // From the documentation of GPT-2 and tiktoken.
    expect(tokenizer.encode('hello world')).toEqual([31373, 995]);
    expect(tokenizer.encode('')).toEqual([]);
  });

  it('puts nothing around a prompt', () => {
    expect(tokenizer.encodePrompt(SENTENCE)).toEqual(SENTENCE_IDS);
  });

  it('decodes without taking spaces away', () => {
    for (const text of ["a , b . c ? d ! e 's f n't", '  two  spaces ', ' ', '', '\n\n\t']) {
      expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
    }
  });

  it('shows part of a character as U+FFFD, and keeps nothing of it for the next call', () => {
    // The four bytes of U+1F98A in two tokens: 12520 is f0 9f, the others follow.
    const ids = tokenizer.encode('\u{1F98A}');
    expect(ids.length).toBeGreaterThan(1);
    expect(tokenizer.decode(ids.slice(0, 1))).toBe('\uFFFD');
    expect(tokenizer.decode([6109])).toBe('Every');
    expect(tokenizer.decode(ids)).toBe('\u{1F98A}');
  });

  it.each([50260, -1, 1.5, NaN])('has no token %d', (id) => {
    expect(() => tokenizer.decode([0, id])).toThrow(LensError);
    expect(() => tokenizer.decode([0, id])).toThrow(`has no token ${id}; ids are 0..50259`);
  });

  it('gives back any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
      }),
    );
  });
});

/** Anything that UTF-8 can hold, with more of what the pattern of GPT-2 treats in its own way. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom(' ', '  ', '\n', "'s", "'re", '\u00a0', '\u0130', '123', 'lempus', '<|latent|>', '<|', '\ufeff'),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

describe('the packages as oracles of each other', () => {
  it('agree on any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const ids = builtIn.encode(text);
        expect(fromJson.encode(text)).toEqual(ids);
        expect(fromPair.encode(text)).toEqual(ids);
      }),
      { numRuns: 300 },
    );
  });

  it('agree on what any ids say', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50259 }), { maxLength: 20 }), (ids) => {
        expect(fromJson.decode(ids)).toBe(builtIn.decode(ids));
      }),
      { numRuns: 300 },
    );
  });

  it('agree on items', () => {
    for (const item of randomItems(createRandom('tokenizers'), 20)) {
      for (const text of [englishQuestion(item, item.names), ...englishSteps(item), englishAnswer(item)]) {
        expect(fromJson.encode(`${text}\n`)).toEqual(builtIn.encode(`${text}\n`));
      }
    }
  });
});

describe('latent tokens', () => {
  it('stand at the ids asked for', async () => {
    const tokenizer = await gpt2Tokenizer({ latentTokens: { start: 50300, end: 50258, latent: 50257 } });
    expect(tokenizer.vocabularySize).toBe(50301);
    expect(tokenizer.encode('a<|start-latent|><|latent|>')).toEqual([64, 50300, 50257]);
    expect(() => tokenizer.decode([50259])).toThrow('gpt2: has no token 50259');
  });

  it('can be left out', async () => {
    const tokenizer = await gpt2Tokenizer({ latentTokens: null });
    expect(tokenizer).toMatchObject({ vocabularySize: 50257, latentTokens: undefined });
    expect(tokenizer.decode(tokenizer.encode('<|latent|>'))).toBe('<|latent|>');
    expect(tokenizer.encode('<|latent|>').length).toBeGreaterThan(1);
  });

  it('do not take the place of another token', async () => {
    await expect(gpt2Tokenizer({ latentTokens: { start: 6109, end: 50258, latent: 50259 } })).rejects.toThrow(
      'gpt2: the id asked for <|start-latent|> (6109) is that of "Every"; give the latent tokens the ids',
    );
    await expect(gpt2Tokenizer({ latentTokens: { start: 50257, end: 50256, latent: 50259 } })).rejects.toThrow(
      'the id asked for <|end-latent|> (50256) is that of "<|endoftext|>"',
    );
    await expect(gpt2Tokenizer({ latentTokens: { start: 50257, end: 50258, latent: 50257 } })).rejects.toThrow(
      'the id asked for <|latent|> (50257) is that of "<|start-latent|>"',
    );
  });
});
