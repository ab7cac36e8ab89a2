import { LensError } from '../../errors.js';
import { createRandom } from '../../random.js';
import { compile, type HostTensor, type Signature } from '../../tensor/index.js';
import type { Design } from '../design.js';
import { activationProgram, adamCorrections, PARAMETERS, stepProgram, type ParameterName } from './autoencoder-step.js';
import { compose, meanThought, project, topK, trainingRows, type ThoughtDecoder } from './decoder.js';
import { unitRows, type DictionaryOptions } from './random-dictionary.js';

/** The size of a sparse autoencoder, and how it is trained. */
export interface AutoencoderOptions extends DictionaryOptions {
  /** Passes over the thoughts. Default 60. */
  readonly epochs?: number | undefined;
  /** Thoughts per step; default 128, or all if there are fewer. */
  readonly batch?: number | undefined;
  /** Of Adam, falling linearly to 0 over the second half; default 0.003. */
  readonly learningRate?: number | undefined;
}

/** A trained autoencoder and the mean loss of each epoch: the squared error as a share of the thoughts' variance. */
export interface SparseAutoencoder extends ThoughtDecoder {
  readonly losses: readonly number[];
}

type Parameters = Record<ParameterName, HostTensor>;

/**
 * A sparse autoencoder whose thoughts have at most `active` features at once, those with the largest activations
 * (top-k: Makhzani and Frey, arXiv 1312.5663; Gao et al., arXiv 2406.04093), so that there is no sparsity penalty to tune.
 * Decoder directions have length 1 throughout; the encoder starts as their transpose and is free afterwards. Trained by
 * Adam on the engine in use, on thoughts of mean 0 and mean squared length 1; the result is in the thoughts' own units.
 *
 * @throws LensError if `active` is not in 1..features, a number is not finite, there are too few thoughts, or all are alike
 */
export async function trainSparseAutoencoder(
  thoughts: Design,
  options: AutoencoderOptions,
): Promise<SparseAutoencoder> {
  const { features, active, seed, epochs = 60, learningRate = 0.003 } = options;
  const rows = trainingRows(thoughts, features, options.rows);
  if (!Number.isInteger(active) || active < 1 || active > features)
    throw new LensError(
      'active',
      `not in 1 to ${features} (${active})`,
      'give how many features a thought may have',
      'usage',
    );
  const { columns } = thoughts;
  const batch = Math.min(options.batch ?? 128, rows.length);
  const mean = meanThought(thoughts, rows);
  const scale = rootMeanSquare(thoughts, rows, mean);
  let parameters = initialParameters(unitRows(features, columns, seed, 'autoencoder'), features, columns);
  let moments: [Parameters, Parameters] = [zerosLike(parameters), zerosLike(parameters)];
  const random = createRandom(seed).fork('autoencoder batches');
  const x = { shape: [batch, columns], dtype: 'float32' } as const;
  const mask = { shape: [batch, features], dtype: 'float32' } as const;
  const activations = await compile(activationProgram, { x, ...encoderOf(parameters) }, { keepMemory: true });
  const step = await compile(stepProgram, stepSignature({ x, mask }, parameters), { keepMemory: true });
  const perEpoch = Math.floor(rows.length / batch);
  const losses: number[] = [];
  try {
    for (let epoch = 0, t = 0; epoch < epochs; epoch++) {
      const order = random.shuffle([...rows]);
      let loss = 0;
      for (let b = 0; b < perEpoch; b++) {
        t++;
        const own = { data: scaledRows(thoughts, order.slice(b * batch, (b + 1) * batch), mean, scale), ...x };
        const before = await activations.run({ x: own, ...encoderOf(parameters) });
        const active01 = { data: activeMask(before['activations'].data as Float32Array, features, active), ...mask };
        const [correction1, correction2] = adamCorrections(t);
        const share = Math.min(1, 2 * (1 - (t - 1) / (epochs * perEpoch)));
        const out = await step.run({
          x: own,
          mask: active01,
          ...named('parameter', parameters),
          ...named('first', moments[0]),
          ...named('second', moments[1]),
          learningRate: scalar(learningRate * share),
          correction1: scalar(correction1),
          correction2: scalar(correction2),
        });
        loss += out['loss'].data[0];
        parameters = unnamed('parameter', out);
        moments = [unnamed('first', out), unnamed('second', out)];
      }
      losses.push(loss / perEpoch);
    }
  } finally {
    activations.dispose();
    step.dispose();
  }
  return { ...decoderOf(parameters, mean, scale, active), losses };
}

/** The trained parameters as a decoder in the thoughts' units. */
function decoderOf(parameters: Parameters, mean: Float64Array, scale: number, active: number): ThoughtDecoder {
  const columns = mean.length;
  const directions = parameters.decoder.data as Float32Array;
  const features = directions.length / columns;
  const offset = parameters.decoderBias.data;
  const centre = mean.map((m, c) => m + scale * offset[c]);
  const { data } = parameters.encoder;
  const encoder = Float32Array.from(
    { length: features * columns },
    (_, i) => data[(i % columns) * features + Math.floor(i / columns)],
  );
  const bias = parameters.encoderBias.data;
  const encode = (thought: Float32Array): Float32Array =>
    topK(
      project(centre, encoder, thought).map((a, f) => a + scale * bias[f]),
      active,
    );
  return {
    columns,
    features,
    directions,
    encode,
    reconstruct: (thought) => compose(centre, directions, encode(thought)),
  };
}

function initialParameters(directions: Float32Array, features: number, columns: number): Parameters {
  const encoder = Float32Array.from(
    { length: features * columns },
    (_, i) => directions[(i % features) * columns + Math.floor(i / features)],
  );
  const tensor = (data: Float32Array, ...shape: number[]): HostTensor => ({ data, shape, dtype: 'float32' });
  return {
    encoder: tensor(encoder, columns, features),
    encoderBias: tensor(new Float32Array(features), features),
    decoder: tensor(directions, features, columns),
    decoderBias: tensor(new Float32Array(columns), columns),
  };
}

function encoderOf({ encoder, encoderBias, decoderBias }: Parameters): Record<string, HostTensor> {
  return { encoder, encoderBias, decoderBias };
}

function stepSignature(batch: Signature, parameters: Parameters): Signature {
  const number = { shape: [], dtype: 'float32' } as const;
  return {
    ...batch,
    ...named('parameter', parameters),
    ...named('first', parameters),
    ...named('second', parameters),
    learningRate: number,
    correction1: number,
    correction2: number,
  };
}

const scalar = (value: number): HostTensor => ({ data: Float32Array.of(value), shape: [], dtype: 'float32' });

const named = (prefix: string, parameters: Parameters): Record<string, HostTensor> =>
  Object.fromEntries(PARAMETERS.map((name) => [`${prefix}:${name}`, parameters[name]]));

const perParameter = (of: (name: ParameterName) => HostTensor): Parameters => ({
  encoder: of('encoder'),
  encoderBias: of('encoderBias'),
  decoder: of('decoder'),
  decoderBias: of('decoderBias'),
});

const unnamed = (prefix: string, tensors: Readonly<Record<string, HostTensor>>): Parameters =>
  perParameter((name) => tensors[`${prefix}:${name}`]);

const zerosLike = (parameters: Parameters): Parameters =>
  perParameter((name) => ({ ...parameters[name], data: new Float32Array(parameters[name].data.length) }));

function activeMask(activations: Float32Array, features: number, active: number): Float32Array {
  const mask = new Float32Array(activations.length);
  for (let start = 0; start < activations.length; start += features)
    mask.set(
      topK(activations.subarray(start, start + features), active).map((a) => Number(a > 0)),
      start,
    );
  return mask;
}

function scaledRows(
  { columns, values }: Design,
  rows: readonly number[],
  mean: Float64Array,
  scale: number,
): Float32Array {
  return Float32Array.from({ length: rows.length * columns }, (_, i) => {
    const c = i % columns;
    return (values[rows[Math.floor(i / columns)] * columns + c] - mean[c]) / scale;
  });
}

/** Root of the mean squared distance from the mean. */
function rootMeanSquare({ columns, values }: Design, rows: Int32Array, mean: Float64Array): number {
  let sum = 0;
  for (const r of rows) for (let c = 0; c < columns; c++) sum += (values[r * columns + c] - mean[c]) ** 2;
  if (!(sum > 0)) throw new LensError('thoughts', 'are all alike', 'there is nothing to encode; give others');
  return Math.sqrt(sum / rows.length);
}
