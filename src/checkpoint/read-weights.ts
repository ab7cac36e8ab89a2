import { stat } from 'node:fs/promises';
import type { InferredSettings } from './inferred-setting.js';
import { reportingFileErrors } from './files.js';
import type { Gpt2Config } from './gpt2-config.js';
import { findWeights, listFolder, readGpt2Config } from './gpt2-folder.js';
import { kindsOf, loadGpt2 } from './gpt2-load.js';
import type { Gpt2Weights } from './gpt2-weights.js';
import { inferGpt2Config } from './infer-config.js';
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

/**
 * Reads a GPT-2 from a Hugging Face folder (safetensors in one file or several, or pytorch_model.bin; with or without
 * config.json), or from one file of safetensors or torch, recognised by content.
 *
 * @param config instead of the folder's; without either it is inferred from shapes (`inferGpt2Config`)
 * @throws LensError if it cannot be read or the tensors are not those of one GPT-2; missing, unexpected and misshapen
 * tensors are listed all at once
 */
export async function readWeights(pathOrFolder: string, config?: Gpt2Config): Promise<ReadWeights> {
  const info = await reportingFileErrors(pathOrFolder, 'read', () => stat(pathOrFolder));
  if (!info.isDirectory()) return readFrom(pathOrFolder, config);
  const files = await listFolder(pathOrFolder);
  const path = findWeights(pathOrFolder, files);
  const own = files.includes('config.json') ? await readGpt2Config(pathOrFolder) : undefined;
  // What the folder says of itself as a Coconut model holds for its weights, whoever says the rest.
  const given = config === undefined ? own : { ...(own?.coconut && { coconut: own.coconut }), ...config };
  return readFrom(path, given);
}

async function readFrom(path: string, given: Gpt2Config | undefined): Promise<ReadWeights> {
  const source = await openWeights(path);
  try {
    const { parameters, isCoconutModule } = recognizeNames(path, source.tensors.keys());
    const { config, inferred, assumed } = inferGpt2Config(path, kindsOf(source, parameters), given);
    const isInferred = given === undefined;
    const weights = await loadGpt2(source, config, { isInferred });
    const tie = {
      name: 'tie_word_embeddings',
      value: `${weights.config.tieWordEmbeddings}`,
      evidence: isInferred ? whyTied(parameters.has('lm_head.weight'), weights.config) : 'config.json',
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

function whyTied(hasHead: boolean, { tieWordEmbeddings }: Gpt2Config): string {
  if (!hasHead) return 'no lm_head.weight';
  return `lm_head.weight ${tieWordEmbeddings ? 'equals' : 'differs from'} wte.weight`;
}
