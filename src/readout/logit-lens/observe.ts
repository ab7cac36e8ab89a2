import type { Item } from '../../dataset/index.js';
import type { Coconut, CoconutWeights, ThoughtTrace } from '../../model/index.js';
import { readNodes } from '../../recording/index.js';
import type { Wording } from '../../tokenizer/index.js';
import { range } from '../kit/readout-result.js';
import type { LensReading, LogitLensObservation } from './read.js';

/** Numbers of a trace that exist at one time: GPT-2 small keeps 3 million of a ProsQA question. */
const TRACED_AT_ONCE = 16_000_000;

/**
 * The residual stream after every block at the positions of thoughts 1 .. `thoughts` (thought c is the hidden state of pass
 * c - 1), through ln_f and the LM head. Large batches are traced in parts.
 *
 * @param items one batch
 * @throws LensError if an item does not fit the wording or the model
 */
export async function observeLogitLens(
  model: Coconut,
  items: readonly Item[],
  wording: Wording,
  thoughts: number,
): Promise<LogitLensObservation[]> {
  const { nLayer, nEmbd } = model.config;
  const longest = Math.max(...items.map((item) => wording.prompt(item).length));
  const atOnce = Math.max(1, Math.floor(TRACED_AT_ONCE / ((longest + thoughts) * nLayer * nEmbd)));
  const observations: LogitLensObservation[] = [];
  for (let from = 0; from < items.length; from += atOnce) {
    observations.push(...(await observePart(model, items.slice(from, from + atOnce), wording, thoughts)));
  }
  return observations;
}

async function observePart(
  model: Coconut,
  items: readonly Item[],
  wording: Wording,
  thoughts: number,
): Promise<LogitLensObservation[]> {
  const { nLayer, nEmbd: width, vocabSize } = model.config;
  const nameOf = (c: number, layer: number): string => `pass.${c}.blocks.${layer}.hook_resid_post`;
  const trace = await model.runWithTrace(
    items.map((item) => wording.prompt(item)),
    { thoughts, activations: range(thoughts).flatMap((c) => range(nLayer).map((layer) => nameOf(c, layer))) },
  );
  const hidden = new Float32Array(items.length * nLayer * thoughts * width);
  const indexOf = (row: number, layer: number, c: number): number => (row * nLayer + layer) * thoughts + c;
  for (const row of range(items.length)) {
    for (const layer of range(nLayer)) {
      for (const c of range(thoughts)) {
        hidden.set(finalNorm(model.weights, lastOf(trace, nameOf(c, layer), row)), indexOf(row, layer, c) * width);
      }
    }
  }
  const shape = [items.length * nLayer * thoughts, width];
  const { data } = await model.logits({ data: hidden, shape, dtype: 'float32' });
  return items.map((item, row) => {
    const nodeTokens = Int32Array.from(item.names, (_, node) => wording.nodeToken(item, node));
    return {
      item,
      layers: range(nLayer).map((layer) =>
        range(thoughts).map((c) => {
          const at = indexOf(row, layer, c) * vocabSize;
          return reading(data.subarray(at, at + vocabSize), nodeTokens);
        }),
      ),
    };
  });
}

/** A pass's last position of one row. */
function lastOf(trace: ThoughtTrace, name: string, row: number): ArrayLike<number> {
  const activation = trace.activations.get(name);
  if (activation === undefined) throw new Error(`${name} was not traced`);
  const [, positions, width] = activation.shape;
  const at = (row * positions + positions - 1) * width;
  return activation.data.subarray(at, at + width);
}

/** ln_f: LayerNorm with the model's gain and bias. */
function finalNorm({ tensors, config }: CoconutWeights, x: ArrayLike<number>): Float32Array {
  const [gain, bias] = [tensors['ln_f.weight'].data, tensors['ln_f.bias'].data];
  let [mean, variance] = [0, 0];
  for (let i = 0; i < x.length; i++) mean += x[i] / x.length;
  for (let i = 0; i < x.length; i++) variance += (x[i] - mean) ** 2 / x.length;
  const scale = 1 / Math.sqrt(variance + config.layerNormEpsilon);
  return Float32Array.from(x, (value, i) => (value - mean) * scale * gain[i] + bias[i]);
}

function reading(logits: ArrayLike<number>, nodeTokens: Int32Array): LensReading {
  const { nodeLogits, nodeProbabilities } = readNodes([logits], nodeTokens);
  return {
    logits: [...nodeLogits],
    probabilities: Array.from(nodeProbabilities, (p, node) => {
      const sharing = nodeTokens.filter((token) => token === nodeTokens[node]).length;
      return p / sharing;
    }),
  };
}
