import type { FloatTensor, Gpt2Config } from '../../checkpoint/index.js';
import { SYMBOLIC_TOKENS, symbolicTokenizer } from '../../tokenizer/index.js';
import { POSITIONS } from './bfs-constants.js';

/** A model as `writeGpt2` takes it. */
export interface ConstructedModel {
  readonly config: Gpt2Config;
  /** By Hugging Face name without prefix, as in the checkpoint's `Gpt2Weights`. */
  readonly tensors: Readonly<Record<string, FloatTensor>>;
}

/** Dimensions of a head: at least one per token, and GPT-2's division by sqrt(64) is exact. */
const HEAD_WIDTH = 64;

/** How large a model is. */
export interface Size {
  readonly layers: number;
  /** Features of the residual stream, each of two dimensions; rounded up to whole heads. */
  readonly features: number;
  /** Neurons of each layer's MLP, rounded up to a multiple of 32. */
  readonly neurons: number;
  /** How many thoughts it is asked with; default 6. */
  readonly thoughts?: number;
}

const roundUp = (count: number, multiple: number): number => Math.ceil(count / multiple) * multiple;

/** The configuration of a model of the symbolic wording that is asked with six thoughts, or as many as are named. */
export function constructedConfig(constructed: string, { layers, features, neurons, thoughts = 6 }: Size): Gpt2Config {
  const nEmbd = roundUp(2 * features, HEAD_WIDTH);
  return {
    vocabSize: symbolicTokenizer.vocabularySize,
    nPositions: POSITIONS,
    nEmbd,
    nLayer: layers,
    nHead: nEmbd / HEAD_WIDTH,
    nInner: roundUp(neurons, 32),
    layerNormEpsilon: 1e-5,
    tieWordEmbeddings: true,
    coconut: {
      format: 'symbolic',
      method: 'constructed',
      thoughts,
      latentTokens: {
        start: SYMBOLIC_TOKENS['<|start-latent|>'],
        latent: SYMBOLIC_TOKENS['<|latent|>'],
        end: SYMBOLIC_TOKENS['<|end-latent|>'],
      },
      constructed,
    },
  };
}
