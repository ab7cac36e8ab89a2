import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  readGpt2,
  writeGpt2,
  writeSafetensors,
  type FloatTensor,
  type Gpt2Config,
} from '../../src/checkpoint/index.js';
import { formatItems } from '../../src/dataset/index.js';
import { prefixed, randomTensors } from '../checkpoint/tiny-gpt2.js';
import { dictPickle, tensor } from '../checkpoint/torch/pickle.js';
import { zip } from '../checkpoint/torch/zip.js';
import { cli, readJson, temporaryFolder, testItems } from './support.js';

/** The symbolic vocabulary; a width that GPT-2's convention splits into two heads. */
const symbolic: Gpt2Config = {
  vocabSize: 40,
  nPositions: 8,
  nEmbd: 128,
  nLayer: 1,
  nHead: 2,
  nInner: 6,
  layerNormEpsilon: 1e-5,
  tieWordEmbeddings: true,
};

const tinyEnglish: Gpt2Config = { ...symbolic, vocabSize: 50_260, nEmbd: 4, nHead: 2 };

/** A torch file of these tensors, written by hand; the same memory is one storage, as torch does it. */
function torchFile(path: string, tensors: Readonly<Record<string, FloatTensor>>): string {
  const keys = new Map([...new Set(Object.values(tensors).map(({ data }) => data))].map((data, i) => [data, `${i}`]));
  const pickled = Object.entries(tensors).map(([name, { shape, data }]) => {
    const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
    return [name, tensor(keys.get(data) ?? '', data.length, shape, strides)] as const;
  });
  const storages = [...keys].map(([data, key]) => ({ name: `a/data/${key}`, data: Buffer.from(data.buffer) }));
  writeFileSync(path, zip([{ name: 'a/data.pkl', data: dictPickle(Object.fromEntries(pickled)) }, ...storages]));
  return path;
}

/** The names that facebookresearch/coconut saves, its tied embedding three times. */
function officialNames(tensors: Readonly<Record<string, FloatTensor>>): Record<string, FloatTensor> {
  const body = Object.entries(prefixed(tensors)).map(([name, tensor]) => [`base_causallm.${name}`, tensor]);
  const embedding = tensors['wte.weight'];
  const extra = { 'base_causallm.lm_head.weight': embedding, 'embedding.weight': embedding };
  return { ...(Object.fromEntries(body) as Record<string, FloatTensor>), ...extra };
}

describe('import', () => {
  it('a torch file with official names and a symbolic vocabulary: same numbers, everything concluded is listed', async () => {
    const folder = temporaryFolder();
    const tensors = randomTensors(symbolic);
    const from = torchFile(join(folder, 'checkpoint_300'), officialNames(tensors));
    const out = join(folder, 'model');
    const result = await cli(['import', from, '--out', out, '--uniform-prob', '0.05', '--stage', '6']);
    expect(result.stderr).toBe('');
    expect(result.stdout).toMatch(/\nLeft out\nembedding\.weight +1 tensor +a copy of wte\.weight\n/);
    expect(result.code).toBe(0);
    expect(result.stdout).toMatch(/checkpoint_300 \(torch; names of the Coconut module\)/);
    const [inferred, assumed] = result.stdout.split('ASSUMED');
    expect(inferred).toMatch(/n_embd +128 +columns of wte\.weight/);
    expect(inferred).toMatch(/tie_word_embeddings +true +lm_head\.weight equals wte\.weight/);
    expect(inferred).toMatch(/coconut\.latent_tokens +\{"start":31,"end":32,"latent":33\} +a vocabulary of 40 tokens/);
    expect(assumed).toMatch(/n_head +2 +n_embd \/ 64/);
    expect(assumed).toMatch(/coconut\.thoughts +4 /);
    expect(assumed).toMatch(/again with --heads 2 --epsilon 0\.00001 --activation gelu_new --thoughts 4\n$/);

    const read = await readGpt2(out);
    expect(read.tensors).toEqual(tensors);
    expect(read.config).toEqual({
      ...symbolic,
      assumed: expect.objectContaining({
        'coconut.thoughts': expect.stringContaining('as published') as unknown,
      }) as unknown,
      coconut: {
        format: 'symbolic',
        method: 'coconut',
        thoughts: 4,
        latentTokens: { start: 31, end: 32, latent: 33 },
        uniformProb: 0.05,
        stage: 6,
      },
    });
  });

  it('an English state dict with its tokenizer and every training fact', async () => {
    const folder = temporaryFolder();
    const from = torchFile(join(folder, 'weights.bin'), officialNames(randomTensors(tinyEnglish)));
    const config = join(folder, 'c.json');
    // GPT-2's own configuration, from before the three tokens were added.
    await writeGpt2(join(folder, 'other'), { config: symbolic, tensors: randomTensors(symbolic) });
    const file = readJson(join(folder, 'other', 'config.json')) as object;
    writeFileSync(config, JSON.stringify({ ...file, vocab_size: 50_257, n_embd: 4, n_head: 2 }));
    const out = join(folder, 'model');
    const words =
      '--tokenizer gpt2 --method coconut --stage 3 --c-thought 2 --pad-latent-to-max false --uniform-prob 0';
    const result = await cli(['import', from, '--config', config, '--out', out, ...words.split(' '), '--json']);
    expect(result.stderr).toMatch(/^warning: uniform_prob is 0: .*readouts in language/);
    const json = JSON.parse(result.stdout) as { inferred: { name: string; evidence: string }[]; assumed: unknown[] };
    expect(json.inferred).toContainEqual({
      name: 'vocab_size',
      value: '50260',
      evidence: 'rows of wte.weight; config.json says 50257',
    });
    expect(json.assumed).toEqual([]);
    expect((readJson(join(out, 'config.json')) as { coconut: unknown }).coconut).toEqual({
      c_thought: 2,
      format: 'english',
      latent_tokens: { end: 50_258, latent: 50_259, start: 50_257 },
      method: 'coconut',
      pad_latent_to_max: false,
      stage: 3,
      thoughts: 6,
      tokenizer: 'gpt2',
      uniform_prob: 0,
    });
    expect((await readGpt2(out)).config.vocabSize).toBe(50_260);
  });

  it.each(['cot', 'no-cot', 'no-thoughts'])(
    "an official %s checkpoint, which has GPT-2's own vocabulary, and evaluate asks it without markers",
    async (method) => {
      const folder = temporaryFolder();
      const plain: Gpt2Config = { ...symbolic, vocabSize: 50_257, nPositions: 1024, nInner: 4, nEmbd: 64, nHead: 1 };
      const from = torchFile(join(folder, 'checkpoint_9'), prefixed(randomTensors(plain)));
      const out = join(folder, 'model');
      const imported = await cli(['import', from, '--method', method, '--out', out]);
      expect(imported.stderr).toBe('');
      expect(imported.stdout).toMatch(/coconut\.thoughts +0 +the method \S+ has none\n/);
      expect((readJson(join(out, 'config.json')) as { coconut: unknown }).coconut).toEqual({
        format: 'english',
        method,
        thoughts: 0,
      });
      const items = join(folder, 'items.json');
      writeFileSync(items, formatItems(testItems(2)));
      const evaluated = await cli(['evaluate', '--model', out, '--items', items, '--json']);
      expect(evaluated.code).toBe(0);
      expect(JSON.parse(evaluated.stdout)).toMatchObject({
        answering: { kind: 'text', suffix: [] },
        results: [{ thoughts: 0, generated: { n: 2 } }],
      });
    },
  );

  it('a vocabulary without latent tokens gets no block unless its method has no markers, and no method that reads them', async () => {
    const folder = temporaryFolder();
    const from = torchFile(join(folder, 'gpt2'), prefixed(randomTensors({ ...tinyEnglish, vocabSize: 50_257 })));
    const config = join(folder, 'c.json');
    await writeGpt2(join(folder, 'other'), { config: tinyEnglish, tensors: randomTensors(tinyEnglish) });
    writeFileSync(config, readFileSync(join(folder, 'other', 'config.json')));
    const argv = ['import', from, '--config', config, '--out'];
    const silent = await cli([...argv, join(folder, 'silent')]);
    expect(silent.stderr).toMatch(
      /^warning: no latent tokens are known for a vocabulary of 50257 tokens.*--method cot/,
    );
    expect(readJson(join(folder, 'silent', 'config.json'))).not.toHaveProperty('coconut');

    const asked = await cli([...argv, join(folder, 'asked'), '--method', 'coconut']);
    expect(asked).toMatchObject({ code: 1, stdout: '' });
    expect(asked.stderr).toMatch(
      /gpt2: the method coconut reads latent tokens, and a vocabulary of 50257 tokens has none that are known; import/,
    );
    expect(readdirSync(folder)).not.toContain('asked');
  });

  it('a folder in shards without a block, with a warning that uniform_prob is not known', async () => {
    const folder = temporaryFolder();
    const names = Object.entries(prefixed(randomTensors(symbolic)));
    const map: Record<string, string> = {};
    for (const [i, part] of [names.slice(0, 5), names.slice(5)].entries()) {
      const shard = `model-0000${i + 1}-of-00002.safetensors`;
      await writeSafetensors(join(folder, shard), new Map(part));
      for (const [name] of part) map[name] = shard;
    }
    writeFileSync(join(folder, 'model.safetensors.index.json'), JSON.stringify({ weight_map: map }));
    const out = join(folder, 'model');
    const { code, stderr, stdout } = await cli(['import', folder, '--out', out]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning: uniform_prob is not known: .*pass --uniform-prob\n$/);
    expect(stdout).toMatch(/\(sharded safetensors\)/);
    expect((await readGpt2(out)).tensors).toEqual(randomTensors(symbolic));
  });

  it('copies the files of a tokenizer that loads, and refuses one that does not', async () => {
    const folder = temporaryFolder();
    const from = join(folder, 'from');
    const out = join(folder, 'out');
    await writeGpt2(from, { config: tinyEnglish, tensors: randomTensors(tinyEnglish) });
    const empty = await cli(['import', from, '--tokenizer', folder, '--out', out]);
    expect(empty.code).toBe(1);
    expect(empty.stderr).toMatch(/holds no tokenizer \(neither tokenizer\.json nor vocab\.json/);

    writeFileSync(join(from, 'vocab.json'), JSON.stringify({ '<|endoftext|>': 0, a: 1, b: 2, ab: 3 }));
    const half = await cli(['import', from, '--out', out]);
    expect(half.code).toBe(1);
    expect(half.stderr).toMatch(/vocab\.json: half of a tokenizer/);
    expect(readdirSync(folder)).toEqual(['from']);

    writeFileSync(join(from, 'merges.txt'), '#version: 0.2\na b\n');
    expect((await cli(['import', from, '--out', out])).code).toBe(0);
    expect(readdirSync(out).sort()).toEqual(['config.json', 'merges.txt', 'model.safetensors', 'vocab.json']);
    expect(readFileSync(join(out, 'merges.txt'))).toEqual(readFileSync(join(from, 'merges.txt')));
  });

  it('never writes over a model', async () => {
    const folder = temporaryFolder();
    await writeGpt2(folder, { config: symbolic, tensors: randomTensors(symbolic) });
    const before = readFileSync(join(folder, 'model.safetensors'));
    const { code, stderr } = await cli(['import', folder, '--out', folder]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/already holds a model \(config\.json\); choose another folder\n$/);
    expect(readFileSync(join(folder, 'model.safetensors'))).toEqual(before);
  });

  it.each([
    [['--stage', 'two'], 2, /--stage: expected a whole number/],
    [['--uniform-prob', '30'], 2, /--uniform-prob: expected a number from 0 to 1/],
    [['--pad-latent-to-max', 'yes'], 2, /--pad-latent-to-max: expected true or false/],
    [['--tokenizer', 'gpt2'], 1, /--tokenizer gpt2: has 502\d\d tokens, the model fewer \(40\); pass the tokenizer/],
  ])('says what is wrong with %j', async (flags, exit, message) => {
    const folder = temporaryFolder();
    await writeGpt2(join(folder, 'from'), { config: symbolic, tensors: randomTensors(symbolic) });
    const argv = ['import', join(folder, 'from'), '--out', join(folder, 'out'), ...flags];
    const { code, stderr } = await cli(argv);
    expect(stderr).toMatch(message);
    expect(code).toBe(exit);
    expect(readdirSync(folder)).toEqual(['from']);
  });

  it('a width that no convention splits asks for a configuration', async () => {
    const folder = temporaryFolder();
    const narrow = { ...symbolic, nEmbd: 4 };
    const from = torchFile(join(folder, 'w.pt'), randomTensors(narrow));
    const { stderr } = await cli(['import', from, '--out', join(folder, 'out')]);
    expect(stderr).toMatch(
      /w\.pt: the number of heads cannot be told from shapes.*; give --heads, or a config\.json with n_head\n$/,
    );
  });
});
