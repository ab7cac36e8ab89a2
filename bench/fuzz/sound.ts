/** The sound inputs that are damaged: small, and made by the commands themselves. */
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeGpt2, type Gpt2Config } from '../../src/checkpoint/index.js';
import type * as Cli from '../../src/cli/run-cli.js';
import type * as Index from '../../src/index.js';
import { randomWeights } from '../kit/gpt2.js';

type Library = Pick<typeof Index, 'open' | 'readItems'>;

/** Graphs of 5 or 6 nodes with targets two steps away. */
const GRAPHS = { nodes: 6, minNodes: 5, minDepth: 2, maxDepth: 2 };

const TRAINING = {
  method: 'coconut',
  model: { layers: 1, heads: 2, width: 8, positions: 48, deviation: 0.3 },
  thoughts: { stages: 2 },
  phases: [
    { name: 'questions', stage: 1, graphs: GRAPHS, batchGraphs: 2, batchQuestions: 2, steps: 2, learningRate: 0.01 },
  ],
  validation: { questions: 4, every: 2 },
  checkpointEvery: 1,
};

/** The names of bytes in a vocabulary of byte-level tokens: GPT-2's. */
function byteNames(): string[] {
  const printable = [...Array(256).keys()].filter(
    (byte) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174,
  );
  let others = 0;
  return [...Array(256).keys()].map((byte) => String.fromCharCode(printable.includes(byte) ? byte : 256 + others++));
}

/** A tokenizer of bytes alone, and three markers. */
function tokenizer(): object {
  const names = [...byteNames(), '<|endoftext|>'];
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true };
  const markers = ['<|endoftext|>', '<|start-latent|>', '<|end-latent|>', '<|latent|>'];
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: markers.map((content, i) => ({
      id: 256 + i,
      special: true,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: true,
    })),
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: byteLevel,
    decoder: byteLevel,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: '',
      end_of_word_suffix: '',
      fuse_unk: false,
      vocab: Object.fromEntries(names.map((name, id) => [name, id])),
      merges: [],
    },
  };
}

/**
 * Makes every sound input.
 *
 * @param root of the repository, built
 * @param folder to make them in
 */
export async function makeSound(root: string, folder: string): Promise<void> {
  const { runCli } = (await import(pathToFileURL(join(root, 'dist/cli/run-cli.js')).href)) as Pick<
    typeof Cli,
    'runCli'
  >;
  /** Runs a command line, `@` for the folder, and gives what it prints. */
  const run = async (words: string): Promise<string> => {
    let [stdout, stderr] = ['', ''];
    const code = await runCli(words.replaceAll('@', `${folder}/`).split(' '), {
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
      env: process.env,
      signal: new AbortController().signal,
      threads: 0,
    });
    if (code !== 0) throw new Error(`fuzz: ${words}: ${stderr}`);
    return stdout;
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'tiny.json'), JSON.stringify(TRAINING));
  const graphs = '--nodes 6 --min-nodes 5 --min-depth 2 --max-depth 2 --seed 1';
  await run(`data generate --n 3 ${graphs} --out @items.json`);
  await run(`data generate --n 12 ${graphs} --out @more.json`);
  await run('train --config @tiny.json --out @model');
  cpSync(join(folder, 'model'), join(folder, 'training'), { recursive: true });
  rmSync(join(folder, 'training/model.safetensors'));
  await run('record --model @model --items @items.json --out @recording');
  await run('record --model @model --items @more.json --out @more');
  writeFileSync(join(folder, 'frontier.json'), await run('frontier --recording @recording --resamples 100 --json'));
  for (const name of ['interpolation', 'tree'])
    writeFileSync(
      join(folder, `${name}.json`),
      await run(`readout ${name} --model @model --items @items.json --resamples 100 --json`),
    );
  writeFileSync(join(folder, 'matrix.json'), await run('probe matrix reachable --recording @more --json'));
  cpSync(join(root, 'fixtures/results/claim-small-coconut.json'), join(folder, 'claim.json'));
  await interrupted(root, folder);
  mkdirSync(join(folder, 'torch'));
  for (const file of readdirSync(join(root, 'fixtures/golden/torch-files')))
    cpSync(join(root, 'fixtures/golden/torch-files', file), join(folder, 'torch', file));
  cpSync(join(root, 'fixtures/golden/symbolic/config.json'), join(folder, 'torch/config.json'));
  const config: Gpt2Config = {
    vocabSize: 260,
    nPositions: 1024,
    nEmbd: 8,
    nLayer: 1,
    nHead: 2,
    nInner: 32,
    layerNormEpsilon: 1e-5,
    tieWordEmbeddings: true,
    coconut: {
      format: 'english',
      method: 'coconut',
      thoughts: 2,
      latentTokens: { start: 257, end: 258, latent: 259 },
    },
  };
  await writeGpt2(join(folder, 'english'), { ...randomWeights(config), config });
  writeFileSync(join(folder, 'english/tokenizer.json'), JSON.stringify(tokenizer()));
}

/** A recording that was interrupted after its first batch. */
async function interrupted(root: string, folder: string): Promise<void> {
  const library = (await import(pathToFileURL(join(root, 'dist/index.js')).href)) as Library;
  const lens = await library.open(join(folder, 'model'));
  const file = await library.readItems(join(folder, 'items.json'));
  const stop = new AbortController();
  const ended: unknown = await lens
    .record(file, join(folder, 'kept'), {
      batchSize: 1,
      signal: stop.signal,
      onProgress: (completed) => {
        if (completed === 1) stop.abort();
      },
    })
    .catch((error: unknown) => error);
  if (!(ended instanceof Error) || ended.name !== 'InterruptedError') throw ended;
  lens.dispose();
}
