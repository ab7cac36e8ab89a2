import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LensError } from '../../src/errors.js';
import { readTokenizer, symbolicTokenizer, type LatentTokens, type TextTokenizer } from '../../src/tokenizer/index.js';
import { folderOf, smallFiles, tokenizerJson } from './gpt2-files.js';

/** Right behind the 259 tokens of the small vocabulary. */
const LATENT: LatentTokens = { start: 259, end: 260, latent: 261 };

const small = smallFiles();

function folder(files: Readonly<Record<string, unknown>>): string {
  const made = folderOf(files);
  onTestFinished(made.remove);
  return made.folder;
}

async function read(
  files: Readonly<Record<string, unknown>>,
  latentTokens: LatentTokens | null = LATENT,
): Promise<TextTokenizer> {
  const tokenizer = await readTokenizer(folder(files), { latentTokens });
  if (tokenizer === undefined) throw new Error('no tokenizer was found');
  return tokenizer;
}

/** The small tokenizer.json with some of its model replaced. */
function withModel(changes: object): object {
  return tokenizerJson(small, { model: { type: 'BPE', vocab: small.vocab, merges: small.merges, ...changes } });
}

describe('readTokenizer', () => {
  it('merges in the order of the merges', async () => {
    const tokenizer = await read({ 'tokenizer.json': tokenizerJson(small) });
    // Bytes 0x21..0x7e are tokens of their own value here; ab is 256, abc 257, the end token 258.
    expect(tokenizer.encode('abcab bc')).toEqual([257, 256, 0x20, 0x62, 0x63]);
    expect(tokenizer).toMatchObject({ eos: 258, vocabularySize: 262, latentTokens: LATENT });
    expect(tokenizer.name).toMatch(/tokenizer\.json$/);
    expect(tokenizer.encode('ab<|latent|>c<|endoftext|>')).toEqual([256, 261, 0x63, 258]);
  });

  it('hashes every file that it reads, and none that it passes over', async () => {
    const made = folder({
      'vocab.json': small.vocab,
      'merges.txt': 'a b\nab c\n',
      'tokenizer_config.json': { eos_token: 'a' },
      'special_tokens_map.json': {},
    });
    const hash = (file: string): string =>
      createHash('sha256')
        .update(readFileSync(join(made, file)))
        .digest('hex');
    const files = ['merges.txt', 'tokenizer_config.json', 'vocab.json'];
    expect((await readTokenizer(made))?.source).toEqual({
      package: '@huggingface/tokenizers',
      files: Object.fromEntries(files.map((file) => [file, hash(file)])),
    });
    expect(symbolicTokenizer.source).toEqual({ package: 'coconut-lens' });
  });

  it('takes merges as pairs, and as GPT-2 has them', async () => {
    const pairs = small.merges.map((merge) => merge.split(' '));
    const tokenizer = await read({ 'tokenizer.json': withModel({ merges: pairs }) });
    expect(tokenizer.encode('abc')).toEqual([257]);
  });

  it('reads vocab.json and merges.txt with the tokens of added_tokens.json', async () => {
    const tokenizer = await read({
      'vocab.json': small.vocab,
      'merges.txt': '#version: 0.2\r\na b\r\nab c\r\n',
      'added_tokens.json': { '<|start-latent|>': 259, '<|pause|>': 270 },
    });
    expect(tokenizer.encode('<|pause|>abc<|endoftext|><|start-latent|>')).toEqual([270, 257, 258, 259]);
    expect(tokenizer.vocabularySize).toBe(271);
    expect(() => tokenizer.decode([265])).toThrow('has no token 265; use the tokenizer of this model');
  });

  it('prefers tokenizer.json', async () => {
    const tokenizer = await read({ 'tokenizer.json': tokenizerJson(small), 'vocab.json': 'spoilt', 'merges.txt': '' });
    expect(tokenizer.encode('abc')).toEqual([257]);
  });

  it('finds nothing in a folder without a tokenizer', async () => {
    expect(await readTokenizer(folder({ 'config.json': {} }))).toBeUndefined();
  });

  it('keeps latent tokens that are there already, and refuses other ids for them', async () => {
    const end = { id: 258, content: '<|endoftext|>', special: true };
    const added_tokens = [end, { id: 261, content: '<|latent|>', special: true }];
    const json = tokenizerJson(small, { added_tokens });
    expect((await read({ 'tokenizer.json': json })).encode('<|latent|>')).toEqual([261]);
    await expect(read({ 'tokenizer.json': json }, { start: 259, end: 260, latent: 262 })).rejects.toThrow(
      /tokenizer\.json: <\|latent\|> is token 261 here, not the one asked for \(262\); give the latent tokens the ids/,
    );
    await expect(read({ 'tokenizer.json': json }, { start: 256, end: 260, latent: 261 })).rejects.toThrow(
      'the id asked for <|start-latent|> (256) is that of "ab"',
    );
  });

  it('adds no latent tokens where none are asked for', async () => {
    const tokenizer = await read({ 'tokenizer.json': tokenizerJson(small) }, null);
    expect(tokenizer).toMatchObject({ vocabularySize: 259, latentTokens: undefined });
  });

  it.each([['abc'], [{ content: 'abc', lstrip: false }]])(
    'takes the end token of tokenizer_config.json (%j)',
    async (eos_token) => {
      const files = { 'tokenizer.json': tokenizerJson(small), 'tokenizer_config.json': { eos_token } };
      expect((await read(files)).eos).toBe(257);
    },
  );

  it('puts around a prompt what the file says, and around nothing else', async () => {
    const post_processor = {
      type: 'TemplateProcessing',
      single: [{ SpecialToken: { id: '<|endoftext|>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
      pair: [],
      special_tokens: { '<|endoftext|>': { id: '<|endoftext|>', ids: [258], tokens: ['<|endoftext|>'] } },
    };
    const tokenizer = await read({ 'tokenizer.json': tokenizerJson(small, { post_processor }) });
    expect(tokenizer.encodePrompt('abc')).toEqual([258, 257]);
    expect(tokenizer.encode('abc')).toEqual([257]);
  });

  it('does not leave out a byte that the vocabulary lacks', async () => {
    const vocab = Object.fromEntries(Object.entries(small.vocab).filter(([text]) => text !== 'z'));
    const tokenizer = await read({ 'tokenizer.json': withModel({ vocab }) });
    expect(tokenizer.encode('abc')).toEqual([257]);
    expect(() => tokenizer.encode('abz')).toThrow(LensError);
    expect(() => tokenizer.encode('abz')).toThrow('has no token for the byte 0x7a of "abz"');
  });
});

describe('readTokenizer refuses, naming file and remedy,', () => {
  const json = (content: unknown): Record<string, unknown> => ({ 'tokenizer.json': content });
  it.each<[string, Record<string, unknown>, string]>([
    ['text that is not JSON', json('{"model": '), 'tokenizer.json: not valid JSON ('],
    ['bytes that are not UTF-8', json(Uint8Array.of(0x22, 0xff, 0x22)), 'tokenizer.json: not text in UTF-8; save'],
    ['a list', json([]), 'not a byte-level BPE tokenizer (the file: '],
    ['another model', json(withModel({ type: 'Unigram' })), 'not a byte-level BPE tokenizer (model.type: '],
    ['no vocabulary', json(withModel({ vocab: undefined })), '(model.vocab: '],
    ['an id that is no number', json(withModel({ vocab: { a: '1' } })), '(model.vocab.a: '],
    ['a negative id', json(withModel({ vocab: { a: -1 } })), '(model.vocab.a: '],
    ['an empty vocabulary', json(withModel({ vocab: {}, merges: [] })), 'the vocabulary has no tokens (0)'],
    ['a merge of one token', json(withModel({ merges: ['ab'] })), '(model.merges.0: '],
    ['a merge of three', json(withModel({ merges: ['a b c'] })), '(model.merges.0: '],
    [
      'a merge without its token',
      json(withModel({ merges: ['a c'] })),
      'merge 0 needs a token that is not in the vocabulary ("ac")',
    ],
    [
      'a merge of unknown tokens',
      json(withModel({ merges: ['a b', 'ac b'] })),
      'merge 1 needs a token that is not in the vocabulary ("ac")',
    ],
    [
      'an added token at the id of another',
      json(tokenizerJson(small, { added_tokens: [{ id: 256, content: '<|pause|>' }] })),
      'two tokens have the id 256 ("ab" and "<|pause|>")',
    ],
    [
      'an id twice',
      json(withModel({ vocab: { ...small.vocab, abd: 256 } })),
      'two tokens have the id 256 ("ab" and "abd")',
    ],
    ['another decoder', json(tokenizerJson(small, { decoder: { type: 'WordPiece' } })), '(decoder.type: '],
    ['no pre-tokenizer', json(tokenizerJson(small, { pre_tokenizer: null })), '(pre_tokenizer: '],
    [
      'another pre-tokenizer',
      json(tokenizerJson(small, { pre_tokenizer: { type: 'Whitespace' } })),
      '(pre_tokenizer: not ByteLevel)',
    ],
    [
      'an unknown normalizer',
      json(tokenizerJson(small, { normalizer: { type: 'Magic' } })),
      'not a tokenizer that can be run (',
    ],
    [
      'no end token',
      json(
        tokenizerJson(
          { ...small, vocab: { ...small.vocab, '<|endoftext|>': 300 } },
          { added_tokens: [], model: { vocab: { a: 0 }, merges: [] } },
        ),
      ),
      'has no end token (<|endoftext|>); name it in tokenizer_config.json',
    ],
    [
      'an end token that is none',
      { ...json(tokenizerJson(small)), 'tokenizer_config.json': { eos_token: 5 } },
      'tokenizer_config.json: its eos_token is not a token',
    ],
    [
      'vocab.json alone',
      { 'vocab.json': small.vocab },
      'vocab.json: half of a tokenizer: the folder has no merges.txt; add merges.txt',
    ],
    [
      'merges.txt alone',
      { 'merges.txt': 'a b\n' },
      'merges.txt: half of a tokenizer: the folder has no vocab.json; add vocab.json',
    ],
    [
      'vocab.json of a list',
      { 'vocab.json': ['a'], 'merges.txt': '' },
      'vocab.json: not a byte-level BPE tokenizer (model.vocab: ',
    ],
    [
      'broken added tokens',
      { 'vocab.json': small.vocab, 'merges.txt': '', 'added_tokens.json': ['x'] },
      'added_tokens.json: not a list of tokens',
    ],
  ])('%s', async (_, files, message) => {
    const error: unknown = await read(files).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(LensError);
    expect(String(error)).toContain(message);
  });

  it('a folder in place of the file', async () => {
    const path = folder({});
    mkdirSync(join(path, 'tokenizer.json'));
    await expect(readTokenizer(path)).rejects.toThrow(/tokenizer\.json: cannot be read \(EISDIR.*; check the path/);
  });

  it('or reads, but never fails otherwise, whatever the file holds', async () => {
    const model = fc.record(
      { type: fc.constantFrom('BPE', 'Unigram', 1), vocab: fc.jsonValue(), merges: fc.jsonValue() },
      { requiredKeys: [] },
    );
    const anything = fc.oneof(
      fc.jsonValue(),
      model.map((changes) => withModel(changes)),
      fc.jsonValue().map((post_processor) => tokenizerJson(small, { post_processor })),
      fc.jsonValue().map((normalizer) => tokenizerJson(small, { normalizer })),
      fc.jsonValue().map((added_tokens) => tokenizerJson(small, { added_tokens })),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (content) => {
        const made = folderOf({ 'tokenizer.json': content });
        try {
          await readTokenizer(made.folder, { latentTokens: LATENT });
        } catch (error) {
          expect(error).toBeInstanceOf(LensError);
        } finally {
          made.remove();
        }
      }),
    );
  });
});
