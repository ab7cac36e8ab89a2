import { join } from 'node:path';
import {
  gpt2TensorShapes,
  writeGpt2,
  writeSafetensors,
  type CoconutConfig,
  type FloatTensor,
  type Gpt2Config,
} from '../../src/checkpoint/index.js';
import { createRandom } from '../../src/random.js';
import { temporaryFolder } from './files.js';

export const tinyConfig: Gpt2Config = {
  vocabSize: 7,
  nPositions: 5,
  nEmbd: 4,
  nLayer: 2,
  nHead: 2,
  nInner: 6,
  layerNormEpsilon: 1e-5,
  tieWordEmbeddings: true,
};

export const untiedConfig: Gpt2Config = { ...tinyConfig, tieWordEmbeddings: false };

export const coconut: CoconutConfig = {
  format: 'symbolic',
  method: 'constructed',
  thoughts: 6,
  latentTokens: { start: 3, latent: 5, end: 4 },
  constructed: 'bfs',
  uniformProb: 0.05,
};

/** Random float32 values for every tensor that `config` asks for. */
export function randomTensors(config: Gpt2Config, seed = 1): Record<string, FloatTensor> {
  const random = createRandom(seed);
  return Object.fromEntries(
    [...gpt2TensorShapes(config)].map(([name, shape]) => {
      const length = shape.reduce((product, n) => product * n, 1);
      return [name, { shape, data: Float32Array.from({ length }, () => random.normal()) }];
    }),
  );
}

/** `tensors` less those named. */
export function without(tensors: Record<string, FloatTensor>, ...names: string[]): Record<string, FloatTensor> {
  return Object.fromEntries(Object.entries(tensors).filter(([name]) => !names.includes(name)));
}

/** The same tensors under the names that transformers saves. */
export function prefixed(tensors: Record<string, FloatTensor>): Record<string, FloatTensor> {
  const rename = (name: string): string => (name === 'lm_head.weight' ? name : `transformer.${name}`);
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [rename(name), tensor]));
}

/** A folder with `config` and exactly these tensors, whether or not they belong together. */
export async function folderWith(config: Gpt2Config, tensors: Record<string, FloatTensor>): Promise<string> {
  const folder = temporaryFolder();
  await writeGpt2(folder, { config, tensors: randomTensors(config) });
  await writeSafetensors(join(folder, 'model.safetensors'), new Map(Object.entries(tensors)));
  return folder;
}
