import type { Gpt2Weights } from '../checkpoint/index.js';
import type { HostTensor } from '../tensor/index.js';

/** Tensors with a row for each token. */
const BY_TOKEN: ReadonlySet<string> = new Set(['wte.weight', 'lm_head.weight']);

/**
 * The weights of a model that training starts from, with rows for the tokens that its vocabulary lacks: copies of another
 * token's, as the official code starts the latent tokens from `<<`.
 *
 * @param like the token whose rows are copied; only needed where rows are missing
 */
export function startWeights(
  { tensors }: Pick<Gpt2Weights, 'tensors'>,
  vocabSize: number,
  like: number | undefined,
): Record<string, HostTensor> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { data, shape }]) => {
      const [rows, width] = shape;
      if (!BY_TOKEN.has(name) || rows >= vocabSize) return [name, { data, shape: [...shape], dtype: 'float32' }];
      if (like === undefined) throw new RangeError(`${name} has ${rows} rows, not ${vocabSize}, and no row to copy`);
      const grown = new Float32Array(vocabSize * width);
      grown.set(data);
      const copied = data.subarray(like * width, (like + 1) * width);
      for (let row = rows; row < vocabSize; row++) grown.set(copied, row * width);
      return [name, { data: grown, shape: [vocabSize, width], dtype: 'float32' }];
    }),
  );
}
