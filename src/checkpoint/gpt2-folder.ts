import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LensError } from '../errors.js';
import { plural } from '../plural.js';
import { makeFolder } from '../make-folder.js';
import { readInput } from '../read-input.js';
import { writeFileWhole } from '../write-file.js';
import { reportingFileErrors } from './files.js';
import { assumptionWarnings } from './assumptions.js';
import { refuseForeignFolder } from './foreign-layouts.js';
import { checkFinite, checkHalf, checkGpt2Tensors } from './gpt2-check.js';
import { formatGpt2Config, parseGpt2Config } from './gpt2-config.js';
import type { Gpt2Config } from './gpt2-config.js';
import type { Gpt2Weights } from './gpt2-weights.js';
import { parseJsonFile } from './json.js';
import { loadGpt2 } from './gpt2-load.js';
import { openWeights } from './open-weights.js';
import { BODY_PREFIX, HEAD, recognizeNames } from './parameter-names.js';
import type { DroppedTensors } from './parameter-names.js';
import { writeSafetensors, type StoredDtype } from './safetensors-writer.js';

const CONFIG_FILE = 'config.json';
const WEIGHTS_FILE = 'model.safetensors';
const CONTENTS = `${CONFIG_FILE} and ${WEIGHTS_FILE}`;

/** Where transformers leaves weights, the preferred first. */
const WEIGHTS_FILES = [WEIGHTS_FILE, `${WEIGHTS_FILE}.index.json`, 'pytorch_model.bin'];

/**
 * Reads a GPT-2 of any size from a Hugging Face folder: config.json and model.safetensors, the index of safetensors in
 * several files, or pytorch_model.bin. Names may carry the prefixes that `recognizeNames` knows. Float16 and bfloat16
 * weights are widened to float32. Causal-mask buffers (`h.*.attn.bias`, `h.*.attn.masked_bias`) are passed over.
 * Nothing of the data is read before names and shapes are known to match the configuration.
 *
 * @throws LensError if a file is missing or malformed, a tensor is missing, unexpected, misshapen or not finite
 */
export async function readGpt2(folder: string): Promise<Gpt2Weights> {
  const files = await listFolder(folder);
  if (!files.includes(CONFIG_FILE)) {
    refuseForeignFolder(folder, files);
    throw new LensError(folder, `not a model folder (no ${CONFIG_FILE})`, `pass a folder with ${CONTENTS}`);
  }
  const path = findWeights(folder, files);
  const config = await readGpt2Config(folder);
  const source = await openWeights(path);
  try {
    const names = recognizeNames(path, source.tensors.keys());
    const weights = await loadGpt2(source, names, config);
    return {
      ...weights,
      warnings: [...weights.warnings, ...warningsAbout(path, names.dropped), ...assumptionWarnings(config)],
    };
  } finally {
    await source.close();
  }
}

/**
 * Reads and validates only config.json of a Hugging Face GPT-2 folder.
 *
 * @throws LensError if it is missing or malformed
 */
export function readGpt2Config(folder: string): Promise<Gpt2Config> {
  return readGpt2ConfigFile(join(folder, CONFIG_FILE));
}

/** Reads and validates a Hugging Face GPT-2 config.json of any name. @throws LensError if it is missing or malformed */
export async function readGpt2ConfigFile(path: string): Promise<Gpt2Config> {
  const bytes = await reportingFileErrors(path, 'read', () => readInput(path));
  return parseGpt2Config(path, parseJsonFile(path, 'file', bytes, 'save it again'));
}

/**
 * Writes a GPT-2 as a Hugging Face folder that `readGpt2` and transformers' GPT2LMHeadModel read. The same model
 * always gives the same bytes. Each file appears under its name only when complete, config.json last.
 *
 * @param folder made if it is not there
 * @param dtype what the weights are stored as; `readGpt2` widens halves
 * @returns SHA-256 of model.safetensors, in hexadecimal
 * @throws LensError if `readGpt2` would refuse the result, or the operating system refuses to write
 */
export async function writeGpt2(
  folder: string,
  model: Pick<Gpt2Weights, 'config' | 'tensors'>,
  dtype: StoredDtype = 'F32',
): Promise<string> {
  const { config } = model;
  const path = join(folder, WEIGHTS_FILE);
  const configPath = join(folder, CONFIG_FILE);
  const configText = formatGpt2Config(configPath, config);

  const given = Object.entries(model.tensors);
  checkGpt2Tensors(path, config, new Map(given.map(([name, { shape }]) => [name, { dtype: 'F32', shape }])));
  for (const [name, tensor] of given) {
    checkFinite(path, name, tensor);
    if (dtype === 'F16') checkHalf(path, name, tensor);
  }

  await reportingFileErrors(folder, 'written', () => makeFolder(folder));
  const named = new Map(given.map(([name, tensor]) => [name === HEAD ? name : BODY_PREFIX + name, tensor]));
  const sha256 = await writeSafetensors(path, named, new Map([['format', 'pt']]), dtype);
  await writeFileWhole(configPath, configText);
  return sha256;
}

function warningsAbout(path: string, dropped: readonly DroppedTensors[]): string[] {
  return dropped.map(
    ({ prefix, tensors, reason }) => `${path}: ${prefix}* left out (${plural(tensors, 'tensor')}): ${reason}`,
  );
}

/** The names of what is in a folder. @throws LensError if it is none */
export async function listFolder(folder: string): Promise<string[]> {
  const info = await reportingFileErrors(folder, 'read', () => stat(folder).catch(ignoreMissing));
  if (info === undefined) throw new LensError(folder, 'no such folder', `pass a folder with ${CONTENTS}`);
  if (!info.isDirectory())
    throw new LensError(
      folder,
      'not a folder',
      `pass the folder that holds ${CONTENTS}; import makes one of a checkpoint`,
    );
  return reportingFileErrors(folder, 'read', () => readdir(folder));
}

/** The weights of a folder. @throws LensError if it has none that can be read */
export function findWeights(folder: string, files: readonly string[]): string {
  const file = WEIGHTS_FILES.find((name) => files.includes(name));
  if (file !== undefined) return join(folder, file);
  refuseForeignFolder(folder, files);
  const inParts = files.includes('pytorch_model.bin.index.json');
  throw new LensError(
    folder,
    `no weights (no ${WEIGHTS_FILE})`,
    inParts
      ? 'it has pytorch_model.bin in parts: load and save the model with transformers, safe_serialization=True'
      : `pass a folder with ${CONTENTS}`,
  );
}

function ignoreMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
