import { gpt2TensorShapes, type Gpt2Config } from '../checkpoint/index.js';
import type { HostTensor } from '../tensor/index.js';
import type { Random } from '../random.js';

/** How weights start. */
export interface InitialOptions {
  /**
   * Standard deviation of weights, token and position embeddings. About 0.9 / sqrt(d) for small widths: GPT-2's 0.02 is
   * far too small there. Projections back into the residual stream get 1 / sqrt(2 layers) of it, as in GPT-2.
   */
  readonly deviation: number;
  /**
   * Heads of the first layer that start as previous-token heads: head h attends to the position h + 1 before its own.
   * Models of the symbolic wording must grow two of them before anything else can be learned, which from random weights
   * takes thousands of steps; GPT-2 brings them along. Position embeddings are then sines and cosines in a random
   * subspace, so that a head's shift is a rotation. Everything is trained on.
   */
  readonly previousTokenHeads: number;
}

/** Sharpness of a head that starts as a previous-token head: attention logits of about 10 at the position meant. */
const HEAD_GAIN = 0.9;

/**
 * Initial weights of a GPT-2, by Hugging Face name. Biases 0, LayerNorm gains 1, everything else normal.
 *
 * @throws RangeError if there are more previous-token heads than heads
 */
export function initialWeights(
  random: Random,
  config: Gpt2Config,
  options: InitialOptions,
): Record<string, HostTensor> {
  const { deviation, previousTokenHeads } = options;
  if (previousTokenHeads > config.nHead)
    throw new RangeError(`previousTokenHeads is ${previousTokenHeads}, but there are ${config.nHead} heads`);
  const tensors: Record<string, HostTensor> = {};
  for (const [name, shape] of gpt2TensorShapes(config)) {
    const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
    const own = random.fork(name);
    if (shape.length === 1) data.fill(name.endsWith('.weight') ? 1 : 0);
    else {
      const scale = name.endsWith('c_proj.weight') ? deviation / Math.sqrt(2 * config.nLayer) : deviation;
      for (let i = 0; i < data.length; i++) data[i] = scale * own.normal();
    }
    tensors[name] = { data, shape: [...shape], dtype: 'float32' };
  }
  if (previousTokenHeads > 0) shiftHeads(random.fork('previous-token heads'), config, options, tensors);
  return tensors;
}

function shiftHeads(
  random: Random,
  { nEmbd, nHead, nPositions }: Gpt2Config,
  { deviation, previousTokenHeads }: InitialOptions,
  tensors: Record<string, HostTensor>,
): void {
  const headWidth = nEmbd / nHead;
  const pairs = Math.floor(headWidth / 2);
  // Spread over (0, pi) and jittered: regular ones would let the kernel of two positions peak again far away.
  const frequencies = Array.from({ length: pairs }, (_, i) => ((i + random.uniform()) * Math.PI) / pairs);
  const basis = orthonormal(random, 2 * pairs, nEmbd);
  const positions = tensors['wpe.weight'].data;
  const norm = (deviation * Math.sqrt(nEmbd)) / Math.sqrt(pairs);
  for (let p = 0; p < nPositions; p++) {
    for (let j = 0; j < nEmbd; j++) {
      let sum = 0;
      frequencies.forEach((f, i) => {
        sum += Math.cos(f * p) * basis[2 * i][j] + Math.sin(f * p) * basis[2 * i + 1][j];
      });
      positions[p * nEmbd + j] = norm * sum;
    }
  }
  const attention = tensors['h.0.attn.c_attn.weight'].data;
  for (let head = 0; head < previousTokenHeads; head++) {
    const shift = head + 1;
    for (let j = 0; j < nEmbd; j++) {
      const row = j * 3 * nEmbd + head * headWidth;
      frequencies.forEach((f, i) => {
        const [cosine, sine] = [basis[2 * i][j], basis[2 * i + 1][j]];
        const [c, s] = [Math.cos(f * shift), Math.sin(f * shift)];
        // The query turned back by the shift, the key as it is.
        attention[row + 2 * i] = HEAD_GAIN * (c * cosine + s * sine);
        attention[row + 2 * i + 1] = HEAD_GAIN * (c * sine - s * cosine);
        attention[row + nEmbd + 2 * i] = HEAD_GAIN * cosine;
        attention[row + nEmbd + 2 * i + 1] = HEAD_GAIN * sine;
      });
    }
  }
}

/** Random orthonormal rows [count, width], by Gram and Schmidt. */
function orthonormal(random: Random, count: number, width: number): Float64Array[] {
  const rows: Float64Array[] = [];
  while (rows.length < count) {
    const row = new Float64Array(width).map(() => random.normal());
    for (const other of rows) {
      const along = other.reduce((sum, x, j) => sum + x * row[j], 0);
      other.forEach((x, j) => (row[j] -= along * x));
    }
    const length = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
    rows.push(row.map((x) => x / length));
  }
  return rows;
}
