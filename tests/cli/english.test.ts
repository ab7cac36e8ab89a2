import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gpt2TensorShapes, writeGpt2, type FloatTensor, type Gpt2Config } from '../../src/checkpoint/index.js';
import { formatItems, type Item } from '../../src/dataset/index.js';
import { openRecording } from '../../src/recording/index.js';
import { englishWording, gpt2Tokenizer, type EnglishWording } from '../../src/tokenizer/index.js';
import { createRandom } from '../../src/random.js';
import { randomTensors } from '../checkpoint/tiny-gpt2.js';
import { smallFiles, tokenizerJson } from '../tokenizer/gpt2-files.js';
import { cli, readJson, temporaryFolder, testItems } from './support.js';

const wording = englishWording(await gpt2Tokenizer());

const config: Gpt2Config = {
  vocabSize: 50260,
  nPositions: 1024,
  nEmbd: 16,
  nLayer: 1,
  nHead: 2,
  nInner: 16,
  layerNormEpsilon: 1e-5,
  tieWordEmbeddings: true,
  coconut: {
    format: 'english',
    method: 'coconut',
    thoughts: 2,
    latentTokens: { start: 50257, end: 50258, latent: 50259 },
  },
};

/** Two items whose prompts differ so much in length that what follows one of them falls into the other. */
const items = ((): [Item, Item] => {
  const sorted = testItems(6).sort((a, b) => wording.prompt(a).length - wording.prompt(b).length);
  return [sorted[0], sorted[sorted.length - 1]];
})();

async function folderWith(model: {
  config: Gpt2Config;
  tensors: Record<string, FloatTensor>;
}): Promise<{ model: string; items: string; out: string }> {
  const folder = temporaryFolder();
  const files = { model: join(folder, 'model'), items: join(folder, 'items.json'), out: join(folder, 'recording') };
  await writeGpt2(files.model, model);
  writeFileSync(files.items, formatItems(items));
  return files;
}

/** The tokens that a scripted model says, by the position at which it is asked for the next one. */
type Script = Map<number, number>;

/** Writes down what is said after prompt, k thoughts and the wording's suffix. */
function script(lines: Script, asked: EnglishWording, item: Item, k: number, ids: readonly number[]): void {
  ids.forEach((id, i) => lines.set(asked.prompt(item).length + k + asked.suffix.length - 1 + i, id));
}

/**
 * A GPT-2 whose next token depends on the position alone: its block adds nothing, and the position's embedding is a
 * hundred times the embedding of the token to be said. Token embeddings are random, of mean 0 and length 1, so that the
 * final LayerNorm changes only their scale, and none is closer to another than to itself.
 */
function scripted(
  lines: Script,
  changes: Partial<Gpt2Config> = {},
): { config: Gpt2Config; tensors: Record<string, FloatTensor> } {
  const scriptedConfig = { ...config, ...changes };
  const { vocabSize, nEmbd } = scriptedConfig;
  const random = createRandom('scripted');
  const tokens = Array.from({ length: vocabSize }, () => {
    const values = Array.from({ length: nEmbd }, () => random.normal());
    const mean = values.reduce((a, b) => a + b) / nEmbd;
    const length = Math.hypot(...values.map((value) => value - mean));
    return values.map((value) => (value - mean) / length);
  });
  const tensors = Object.fromEntries(
    [...gpt2TensorShapes(scriptedConfig)].map(([name, shape]): [string, FloatTensor] => {
      const data = new Float32Array(shape.reduce((product, n) => product * n, 1));
      if (/ln_\w+\.weight$/.test(name)) data.fill(1);
      return [name, { shape, data }];
    }),
  );
  tensors['wte.weight'].data.set(tokens.flat());
  for (const [position, id] of lines)
    tensors['wpe.weight'].data.set(
      tokens[id].map((x) => 100 * x),
      position * nEmbd,
    );
  return { config: scriptedConfig, tensors };
}

interface Share {
  readonly value: number;
  readonly n: number;
}

type Results = ({ thoughts: number; byDepth: { depth: number; generated: Share }[] } & Record<
  'generated' | 'answered',
  Share
>)[];

async function evaluate(
  files: { model: string; items: string },
  ...more: string[]
): Promise<{ chance: object; answering: object; results: Results }> {
  const { code, stdout, stderr } = await cli([
    'evaluate',
    '--model',
    files.model,
    '--items',
    files.items,
    '--json',
    ...more,
  ]);
  expect(stderr).toContain('engine: ');
  expect(code).toBe(0);
  return JSON.parse(stdout) as { chance: object; answering: object; results: Results };
}

describe('evaluate on a model that answers in English', () => {
  it('reads what is generated right after <|end-latent|>, item by item and count by count', async () => {
    const [short, long] = items;
    const lines: Script = new Map();
    // Right after no thought for the first item and after two for the other; the decoy after two and none.
    const decoy = (item: Item): number[] => wording.answer({ ...item, target: item.decoy });
    // What comes after the end token is not part of the answer.
    script(lines, wording, short, 0, [...wording.answer(short), ...wording.tokenizer.encode(' and more')]);
    script(lines, wording, long, 0, decoy(long));
    const atNone = await evaluate(await folderWith(scripted(lines)), '--thoughts', '0,1');
    expect(atNone).toMatchObject({
      chance: { generated: 0.5 },
      answering: { kind: 'text', maxNewTokens: 128 },
      results: [
        { thoughts: 0, generated: { value: 0.5, n: 2 }, answered: { value: 1, n: 2 } },
        // One position later the answer has lost its ###.
        { thoughts: 1, generated: { value: 0, n: 2 }, answered: { value: 0, n: 2 } },
      ],
    });
    const right = atNone.results[0].byDepth.map(({ generated: { value, n } }) => value * n);
    expect(right.reduce((a, b) => a + b)).toBe(1);

    lines.clear();
    script(lines, wording, short, 2, [...wording.steps(short).flat(), ...wording.answer(short)]);
    script(lines, wording, long, 2, wording.answer(long));
    const { results } = await evaluate(await folderWith(scripted(lines)), '--thoughts', '2');
    expect(results).toMatchObject([{ thoughts: 2, generated: { value: 1 }, answered: { value: 1 } }]);
  });

  it('puts no markers into the prompts of models that never saw them', async () => {
    const plain = englishWording(await gpt2Tokenizer({ latentTokens: null }), { markers: false });
    const lines: Script = new Map();
    for (const item of items) script(lines, plain, item, 0, plain.answer(item));
    // Without markers the vocabulary is GPT-2's own and has no latent tokens.
    const coconut = { format: 'english', method: 'cot', thoughts: 0 } as const;
    const { results } = await evaluate(await folderWith(scripted(lines, { vocabSize: 50257, coconut })));
    expect(results).toMatchObject([{ thoughts: 0, generated: { value: 1 } }]);
  });

  it('prints its tables', async () => {
    const files = await folderWith(scripted(new Map()));
    const argv = ['evaluate', '--model', files.model, '--items', files.items, '--thoughts', '0'];
    const { code, stdout, stderr } = await cli([...argv, '--fail-under', '0.5']);
    expect(code).toBe(3);
    expect(stderr).toContain(`tokenizer: gpt2, built in (${files.model} holds none)`);
    expect(stderr).toContain('accuracy after 0 thoughts is 0.000, not at least 0.5');
    expect(stdout).toMatch(/thoughts +n +right answer +names a candidate\nchance +0\.500\n0 +2 +0\.000/);
    expect(stdout).toContain('Right answer, by depth of the target');
    expect(stdout).not.toContain('of all tokens');
  });
});

describe('record and frontier on random weights with the English vocabulary', () => {
  it('read every node at the first token of its name, and name those that share one', async () => {
    const files = await folderWith({ config, tensors: randomTensors(config) });
    const recorded = await cli(['record', '--model', files.model, '--items', files.items, '--out', files.out]);
    expect(recorded).toMatchObject({ code: 0 });
    const recording = await openRecording(files.out);
    expect(recording.metadata).toMatchObject({
      thoughts: 2,
      config: { wording: 'gpt2' },
      model: { vocabulary: 50260 },
    });
    let row = 0;
    for await (const { nodeTokens, item } of recording.records()) {
      expect([...nodeTokens]).toEqual(item.names.map((_, node) => wording.nodeToken(items[row], node)));
      row++;
    }
    expect(row).toBe(2);
    const frontier = await cli(['frontier', '--recording', files.out, '--resamples', '100', '--json']);
    expect(frontier.code).toBe(0);
    expect(JSON.parse(frontier.stdout)).toMatchObject({ kind: 'frontier', readout: { items: 2, thoughts: 2 } });
    // What firstToken cannot tell apart, whichever scorer recorded.
    const both = join(files.out, '..', 'both');
    const asked = ['record', '--model', files.model, '--items', files.items, '--scorer', 'sequence', '--out', both];
    expect(await cli(asked)).toMatchObject({ code: 0 });
    const table = ['frontier', '--recording', both, '--resamples', '100'];
    expect((await cli(table)).stdout).not.toContain('Not told apart');
    const names = wording.collisions(items[0].names);
    expect(names.length).toBeGreaterThan(0);
    const { stdout } = await cli([...table, '--scorer', 'firstToken']);
    for (const name of names.flat()) expect(stdout.slice(0, stdout.indexOf('R_c: '))).toContain(name);
    const evaluated = await evaluate(files, '--limit', '1', '--thoughts', '1');
    expect(evaluated.results).toMatchObject([{ thoughts: 1, generated: { value: 0 } }]);
  });
});

describe("the model's own tokenizer", () => {
  const small: Gpt2Config = {
    ...config,
    vocabSize: 262,
    coconut: { format: 'english', method: 'coconut', thoughts: 1, latentTokens: { start: 259, end: 260, latent: 261 } },
  };

  async function withTokenizer(
    changes: Partial<Gpt2Config>,
    tokenizer: object,
  ): Promise<{ model: string; items: string; out: string }> {
    const smallConfig = { ...small, ...changes };
    const files = await folderWith({ config: smallConfig, tensors: randomTensors(smallConfig) });
    writeFileSync(join(files.model, 'tokenizer.json'), JSON.stringify(tokenizer));
    return files;
  }

  it('comes before the built-in one', async () => {
    // Letter by letter the prompts have up to 2,000 tokens.
    const files = await withTokenizer({ nPositions: 4096 }, tokenizerJson(smallFiles()));
    const { code, stderr } = await cli(['record', '--model', files.model, '--items', files.items, '--out', files.out]);
    expect(stderr).not.toContain('built in');
    expect(code).toBe(0);
    const { metadata } = await openRecording(files.out);
    expect(metadata.config).toMatchObject({ wording: join(files.model, 'tokenizer.json') });
  });

  it('is in the provenance by the hashes of its files, and another one does not go on with a recording', async () => {
    const files = await withTokenizer({ nPositions: 4096 }, tokenizerJson(smallFiles()));
    const path = join(files.model, 'tokenizer.json');
    const { version } = readJson('node_modules/@huggingface/tokenizers/package.json') as { version: string };
    const tokenizer = {
      name: path,
      package: '@huggingface/tokenizers',
      version,
      files: { 'tokenizer.json': createHash('sha256').update(readFileSync(path)).digest('hex') },
    };
    const evaluated = await cli([
      'evaluate',
      '--model',
      files.model,
      '--items',
      files.items,
      '--thoughts',
      '0',
      '--json',
    ]);
    expect(JSON.parse(evaluated.stdout)).toMatchObject({ model: { tokenizer } });
    const record = ['record', '--model', files.model, '--items', files.items, '--out', files.out];
    expect((await cli(record)).code).toBe(0);
    expect((await openRecording(files.out)).metadata.model.tokenizer).toEqual(tokenizer);

    writeFileSync(path, `${readFileSync(path, 'utf8')}\n`);
    const { code, stderr } = await cli([...record, '--resume']);
    expect(code).toBe(2);
    expect(stderr).toContain('already exists, made with other settings (model.tokenizer.files.tokenizer.json was "');
  });

  it('is named with its package where it is built in', async () => {
    const files = await folderWith(scripted(new Map()));
    const { stdout } = await cli([
      'evaluate',
      '--model',
      files.model,
      '--items',
      files.items,
      '--thoughts',
      '0',
      '--json',
    ]);
    const { version } = readJson('node_modules/gpt-tokenizer/package.json') as { version: string };
    const { model } = JSON.parse(stdout) as { model: { tokenizer: unknown } };
    expect(model.tokenizer).toEqual({ name: 'gpt2', package: 'gpt-tokenizer', version });
  });

  it.each<[string, Partial<Gpt2Config>, object, string]>([
    ['is malformed', {}, { model: [] }, 'tokenizer.json: not a byte-level BPE tokenizer'],
    [
      'has other latent tokens than config.json says',
      {},
      tokenizerJson(smallFiles(), {
        added_tokens: [
          { id: 258, content: '<|endoftext|>' },
          { id: 261, content: '<|start-latent|>' },
        ],
      }),
      'tokenizer.json: <|start-latent|> is token 261 here, not the one asked for (259); give',
    ],
    [
      'has more tokens than the model',
      {},
      tokenizerJson(smallFiles(), { added_tokens: [{ id: 300, content: '<|pause|>' }] }),
      'tokenizer.json tokenizer has 301 tokens, the model fewer (262); use a model that was made for it',
    ],
  ])('is refused where it %s', async (_, changes, tokenizer, message) => {
    const files = await withTokenizer(changes, tokenizer);
    const { code, stdout, stderr } = await cli(['evaluate', '--model', files.model, '--items', files.items]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('claim', () => {
  it('runs every test of the battery in English, and comes to no verdict on so few items', async () => {
    const { model, items: file } = await folderWith({ config, tensors: randomTensors(config) });
    const argv = ['claim', '--model', model, '--items', file, '--json'];
    const { code, stdout, stderr } = await cli(argv);
    expect(stderr).not.toContain('error');
    expect(code).toBe(0);
    const {
      wording: asked,
      settings,
      findings,
    } = JSON.parse(stdout) as {
      wording: string;
      settings: { batchSize: number };
      findings: { id: string; verdict: string; criteria: { name: string }[]; measures: { name: string }[] }[];
    };
    expect(asked).toBe('english');
    expect(settings.batchSize).toBe(12);
    expect(new Set(findings.map(({ verdict }) => verdict))).toEqual(new Set(['undetermined', 'notApplicable']));
    expect(findings.filter(({ verdict }) => verdict === 'notApplicable').map(({ id }) => id)).toEqual(['F2']);
    // In English markers can be left out, and names be dealt anew.
    const named = (id: string): string[] =>
      findings.flatMap((finding) =>
        finding.id === id ? [...finding.criteria, ...finding.measures].map(({ name }) => name) : [],
      );
    expect(named('F1')).toContain('kept with noMarkers');
    expect(named('F14')).toContain('other names');
  });
});
