import { stat } from 'node:fs/promises';
import { withAssumptions } from './assumptions.js';
import type { InferredSettings } from './inferred-setting.js';
import { reportingFileErrors } from './files.js';
import type { Gpt2Config } from './gpt2-config.js';
import { findWeights, listFolder, readGpt2Config } from './gpt2-folder.js';
import { kindsOf, loadGpt2 } from './gpt2-load.js';
import type { Gpt2Weights } from './gpt2-weights.js';
import { inferGpt2Config } from './infer-config.js';
import type { KnownGpt2 } from './infer-config.js';
import { openWeights } from './open-weights.js';
import { recognizeNames } from './parameter-names.js';
import { TorchFile } from './torch/torch-file.js';
import type { WeightsSource } from './weights-source.js';

/** A GPT-2 from whatever form it was saved in, and what had to be concluded to read it. */
export interface ReadWeights extends Gpt2Weights, InferredSettings {
  readonly origin: {
    /** The file of weights, or the index of several. */
    readonly path: string;
    readonly format: WeightsSource['format'];
    /** The keys that lead to the state dict within a torch file. */
    readonly wrappedIn: readonly string[];
    /** Whether the names are those of facebookresearch/coconut's Coconut module. */
    readonly isCoconutModule: boolean;
  };
}

/** What is to be known before reading. */
export interface ReadWeightsOptions extends KnownGpt2 {
  /** Prefixes of names whose tensors are left out, besides those of auxiliary decoders. */
  readonly drop?: readonly string[] | undefined;
}

/**
 * Reads a GPT-2 from a Hugging Face folder (safetensors in one file or several, or pytorch_model.bin; with or without
 * config.json), or from one file of safetensors or torch, recognised by content.
 *
 * @param config instead of the folder's; without either it is inferred from shapes (`inferGpt2Config`)
 * @throws LensError if it cannot be read or the tensors are not those of one GPT-2; missing, unexpected and misshapen
 * tensors are listed all at once
 */
export async function readWeights(
  pathOrFolder: string,
  config?: Gpt2Config,
  options: ReadWeightsOptions = {},
): Promise<ReadWeights> {
  const info = await reportingFileErrors(pathOrFolder, 'read', () => stat(pathOrFolder));
  if (!info.isDirectory()) return readFrom(pathOrFolder, config, options);
  const files = await listFolder(pathOrFolder);
  const path = findWeights(pathOrFolder, files);
  const own = files.includes('config.json') ? await readGpt2Config(pathOrFolder) : undefined;
  return readFrom(path, config === undefined || own === undefined ? (config ?? own) : joined(config, own), options);
}

/** What a folder says of itself as a Coconut model holds for its weights, whoever says the rest. */
function joined(config: Gpt2Config, { coconut, assumed }: Gpt2Config): Gpt2Config {
  if (config.coconut !== undefined || coconut === undefined) return config;
  const facts = Object.entries(config.assumed ?? {}).map(([name, evidence]) => ({ name, evidence }));
  return withAssumptions({ ...config, coconut }, facts, assumed);
}

async function readFrom(
  path: string,
  given: Gpt2Config | undefined,
  options: ReadWeightsOptions,
): Promise<ReadWeights> {
  const source = await openWeights(path);
  try {
    const names = recognizeNames(path, source.tensors.keys(), options.drop);
    const { parameters, isCoconutModule } = names;
    const { config, inferred, assumed } = inferGpt2Config(path, kindsOf(source, parameters), given, options);
    const weights = await loadGpt2(source, names, config, given === undefined);
    const isTied = weights.config.tieWordEmbeddings;
    const tie = {
      name: 'tie_word_embeddings',
      value: `${isTied}`,
      evidence: given?.tieWordEmbeddings === isTied ? 'config.json' : whyTied(parameters.has('lm_head.weight'), isTied),
    };
    return {
      ...weights,
      inferred: [...inferred, tie],
      assumed,
      origin: {
        path,
        format: source.format,
        wrappedIn: source instanceof TorchFile ? source.wrappedIn : [],
        isCoconutModule,
      },
    };
  } finally {
    await source.close();
  }
}

function whyTied(hasHead: boolean, isTied: boolean): string {
  if (!hasHead) return 'no lm_head.weight';
  return `lm_head.weight ${isTied ? 'equals' : 'differs from'} wte.weight`;
}
