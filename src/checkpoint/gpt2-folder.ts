import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LensError } from '../errors.js';
import { reportingFileErrors, writeAtomically } from './files.js';
import type { FloatTensor } from './float-tensor.js';
import { checkFinite, checkGpt2Tensors } from './gpt2-check.js';
import { formatGpt2Config, parseGpt2Config } from './gpt2-config.js';
import type { Gpt2Config } from './gpt2-config.js';
import type { Gpt2Weights } from './gpt2-weights.js';
import { parseJson } from './json.js';
import { quote } from './messages.js';
import { SafetensorsFile } from './safetensors-reader.js';
import type { TensorEntry } from './safetensors-header.js';
import { writeSafetensors } from './safetensors-writer.js';

const CONFIG_FILE = 'config.json';
const WEIGHTS_FILE = 'model.safetensors';
const CONTENTS = `${CONFIG_FILE} and ${WEIGHTS_FILE}`;
const BODY_PREFIX = 'transformer.';
const HEAD = 'lm_head.weight';
const TOKEN_EMBEDDING = 'wte.weight';

/** What else a folder may hold instead of model.safetensors, and how to get from there to here. */
const OTHER_WEIGHTS = [
  {
    file: 'model.safetensors.index.json',
    remedy: 'its weights are split over several files: save the model again with a max_shard_size above its size',
  },
  {
    file: 'pytorch_model.bin',
    remedy: 'it has pytorch_model.bin: load and save the model with transformers, safe_serialization=True',
  },
  {
    file: 'pytorch_model.bin.index.json',
    remedy: 'it has pytorch_model.bin in parts: load and save the model with transformers, safe_serialization=True',
  },
];

/**
 * Reads a GPT-2 of any size from a Hugging Face folder: config.json and model.safetensors, tensor names with or
 * without the `transformer.` prefix. Float16 and bfloat16 weights are widened to float32. Causal-mask buffers
 * (`h.*.attn.bias`, `h.*.attn.masked_bias`) are passed over. The weights file is read once, and nothing of its data
 * before its names and shapes are known to match the configuration.
 *
 * @throws LensError if a file is missing or malformed, a tensor is missing, unexpected, misshapen or not finite
 */
export async function readGpt2(folder: string): Promise<Gpt2Weights> {
  await checkContents(folder);
  const config = await readGpt2Config(folder);
  const path = join(folder, WEIGHTS_FILE);
  const file = await SafetensorsFile.open(path);
  try {
    return await readWeights(path, config, file);
  } finally {
    await file.close();
  }
}

/**
 * Reads and validates only config.json of a Hugging Face GPT-2 folder.
 *
 * @throws LensError if it is missing or malformed
 */
export async function readGpt2Config(folder: string): Promise<Gpt2Config> {
  const path = join(folder, CONFIG_FILE);
  const bytes = await reportingFileErrors(path, 'read', () => readFile(path));
  return parseGpt2Config(path, parseJson(path, 'file', bytes, 'save it again'));
}

/**
 * Writes a GPT-2 as a Hugging Face folder that `readGpt2` and transformers' GPT2LMHeadModel read. The same model
 * always gives the same bytes. Each file appears under its name only when complete, config.json last.
 *
 * @param folder made if it is not there
 * @returns SHA-256 of model.safetensors, in hexadecimal
 * @throws LensError if `readGpt2` would refuse the result, or the operating system refuses to write
 */
export async function writeGpt2(folder: string, model: Pick<Gpt2Weights, 'config' | 'tensors'>): Promise<string> {
  const { config } = model;
  const path = join(folder, WEIGHTS_FILE);
  const configPath = join(folder, CONFIG_FILE);
  const configText = formatGpt2Config(configPath, config);

  const given = Object.entries(model.tensors);
  checkGpt2Tensors(path, config, new Map(given.map(([name, { shape }]) => [name, { dtype: 'F32', shape }])));
  for (const [name, tensor] of given) checkFinite(path, name, tensor);

  await reportingFileErrors(folder, 'written', () => mkdir(folder, { recursive: true }));
  const named = new Map(given.map(([name, tensor]) => [name === HEAD ? name : BODY_PREFIX + name, tensor]));
  const sha256 = await writeSafetensors(path, named, new Map([['format', 'pt']]));
  await writeAtomically(configPath, (put) => put(configText));
  return sha256;
}

/** Refuses what is no model folder by saying what it is instead. */
async function checkContents(folder: string): Promise<void> {
  const info = await reportingFileErrors(folder, 'read', () => stat(folder).catch(ignoreMissing));
  if (info === undefined) throw new LensError(folder, 'no such folder', `pass a folder with ${CONTENTS}`);
  if (!info.isDirectory()) throw new LensError(folder, 'not a folder', `pass the folder that holds ${CONTENTS}`);
  const files = await reportingFileErrors(folder, 'read', () => readdir(folder));
  if (!files.includes(CONFIG_FILE)) {
    throw new LensError(folder, `not a model folder (no ${CONFIG_FILE})`, `pass a folder with ${CONTENTS}`);
  }
  if (!files.includes(WEIGHTS_FILE)) {
    const other = OTHER_WEIGHTS.find(({ file }) => files.includes(file));
    throw new LensError(folder, `no weights (no ${WEIGHTS_FILE})`, other?.remedy ?? `pass a folder with ${CONTENTS}`);
  }
}

function ignoreMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}

async function readWeights(path: string, config: Gpt2Config, file: SafetensorsFile): Promise<Gpt2Weights> {
  const found = parametersByShortName(path, file.header.tensors);
  // Hugging Face ties by replacing the head with the embedding, so a stored head of a tied model is not used. It is
  // held to the shape of a head all the same, and its values are compared.
  const hasUnusedHead = config.tieWordEmbeddings && found.has(HEAD);
  checkGpt2Tensors(path, hasUnusedHead ? { ...config, tieWordEmbeddings: false } : config, found);

  const { tensors: stored, sha256 } = await file.readAll((name) => !isMaskBuffer(shortName(name)));
  const loaded: Record<string, FloatTensor> = {};
  for (const [name, { shape, data }] of stored) {
    if (!(data instanceof Float32Array)) continue;
    checkFinite(path, name, { shape, data });
    loaded[shortName(name)] = { shape, data };
  }
  if (!hasUnusedHead) return { config, tensors: loaded, sha256, warnings: [] };

  const { [HEAD]: head, ...tensors } = loaded;
  if (haveSameValues(head, tensors[TOKEN_EMBEDDING])) return { config, tensors, sha256, warnings: [] };
  const warning =
    `${path}: ${HEAD} differs from ${TOKEN_EMBEDDING}, but tie_word_embeddings is true: ` +
    `${TOKEN_EMBEDDING} is used as the head, as Hugging Face does`;
  return { config, tensors, sha256, warnings: [warning] };
}

/** The parameters of a file, by name without prefix. @throws LensError if one is there with and without it */
function parametersByShortName(
  path: string,
  entries: ReadonlyMap<string, TensorEntry>,
): ReadonlyMap<string, TensorEntry> {
  const found = new Map<string, TensorEntry>();
  for (const [name, entry] of entries) {
    const short = shortName(name);
    if (isMaskBuffer(short)) continue;
    if (found.has(short)) {
      throw new LensError(
        path,
        `a tensor is there twice, with and without the prefix ${BODY_PREFIX} (${quote(short)})`,
        'save the model again',
      );
    }
    found.set(short, entry);
  }
  return found;
}

function shortName(name: string): string {
  return name.startsWith(BODY_PREFIX) ? name.slice(BODY_PREFIX.length) : name;
}

/** Constants that older versions of transformers saved with the parameters. */
function isMaskBuffer(short: string): boolean {
  return /^h\.\d+\.attn\.(masked_)?bias$/.test(short);
}

function haveSameValues(a: FloatTensor, b: FloatTensor): boolean {
  return a.data.every((x, i) => x === b.data[i]);
}
