import type { FloatTensor } from '../../checkpoint/index.js';
import type { Random } from '../../random.js';
import type { ConstructedModel } from './constructed-model.js';

/**
 * Other weights for the same function: what is said of a model must not depend on which of them it has. Each takes a GPT-2,
 * built or read, and returns new tensors; what none of the changes touches is shared.
 */
export type Symmetry = (model: ConstructedModel, random: Random) => ConstructedModel;

/** Every layer's attention heads in another order. */
export const permuteHeads: Symmetry = (model, random) => {
  const { nEmbd, nHead } = model.config;
  const width = nEmbd / nHead;
  return eachLayer(model, (layer, edit) => {
    const heads = shuffled(random, nHead);
    const channels = heads.flatMap((head) => upTo(width).map((channel) => head * width + channel));
    const attention = [0, 1, 2].flatMap((part) => channels.map((channel) => part * nEmbd + channel));
    edit(`${layer}.attn.c_attn.weight`, (tensor) => takeColumns(tensor, attention));
    edit(`${layer}.attn.c_attn.bias`, (tensor) => takeColumns(tensor, attention));
    edit(`${layer}.attn.c_proj.weight`, (tensor) => takeRows(tensor, channels));
  });
};

/** Every layer's neurons in another order. */
export const permuteNeurons: Symmetry = (model, random) =>
  eachLayer(model, (layer, edit) => {
    const neurons = shuffled(random, model.config.nInner);
    edit(`${layer}.mlp.c_fc.weight`, (tensor) => takeColumns(tensor, neurons));
    edit(`${layer}.mlp.c_fc.bias`, (tensor) => takeColumns(tensor, neurons));
    edit(`${layer}.mlp.c_proj.weight`, (tensor) => takeRows(tensor, neurons));
  });

/** The order of coordinates that {@link permuteResidual} draws: new coordinate i is the old one's `order[i]`. */
export function residualOrder({ config }: ConstructedModel, random: Random): number[] {
  return shuffled(random, config.nEmbd);
}

/** The residual stream's coordinates in another order, and so those of every thought. */
export const permuteResidual: Symmetry = ({ config, tensors }, random) => {
  const order = residualOrder({ config, tensors }, random);
  const permuted = Object.entries(tensors).map(([name, tensor]) => {
    // Attention and neurons read the stream by rows; all else writes it, or belongs to it, by columns.
    const reads = /\.(c_attn|c_fc)\.(weight|bias)$/.exec(name);
    if (reads === null) return [name, takeColumns(tensor, order)] as const;
    return [name, reads[2] === 'weight' ? takeRows(tensor, order) : tensor] as const;
  });
  return { config, tensors: Object.fromEntries(permuted) };
};

/** Exponents of two by which channels are rescaled: from -{@link MOST_DOUBLINGS} to it. */
const MOST_DOUBLINGS = 3;

/**
 * In every head each channel of the values is multiplied by a power of two and what is made of it divided by it; likewise
 * queries and keys. Nothing rounds.
 */
export const rescaleHeads: Symmetry = (model, random) => {
  const { nEmbd } = model.config;
  const powers = (): number[] => upTo(nEmbd).map(() => 2 ** (random.integer(2 * MOST_DOUBLINGS + 1) - MOST_DOUBLINGS));
  return eachLayer(model, (layer, edit) => {
    const [queries, values] = [powers(), powers()];
    const columns = [...queries, ...queries.map((factor) => 1 / factor), ...values];
    edit(`${layer}.attn.c_attn.weight`, (tensor) => scale(tensor, (_, column) => columns[column]));
    edit(`${layer}.attn.c_attn.bias`, (tensor) => scale(tensor, (_, column) => columns[column]));
    edit(`${layer}.attn.c_proj.weight`, (tensor) => scale(tensor, (row) => 1 / values[row]));
  });
};

type Edit = (name: string, change: (tensor: FloatTensor) => FloatTensor) => void;

function eachLayer(
  { config, tensors }: ConstructedModel,
  change: (layer: string, edit: Edit) => void,
): ConstructedModel {
  const changed = { ...tensors };
  for (let layer = 0; layer < config.nLayer; layer++) {
    change(`h.${layer}`, (name, edit) => {
      changed[name] = edit(changed[name]);
    });
  }
  return { config, tensors: changed };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

const shuffled = (random: Random, count: number): number[] => random.shuffle(upTo(count));

/** A vector is a matrix of one row. */
function rebuild(
  { data, shape }: FloatTensor,
  value: (at: (row: number, column: number) => number, row: number, column: number) => number,
): FloatTensor {
  const columns = shape[shape.length - 1];
  const at = (row: number, column: number): number => data[row * columns + column];
  return { data: data.map((_, i) => value(at, Math.floor(i / columns), i % columns)), shape };
}

const takeColumns = (tensor: FloatTensor, order: readonly number[]): FloatTensor =>
  rebuild(tensor, (at, row, column) => at(row, order[column]));

const takeRows = (tensor: FloatTensor, order: readonly number[]): FloatTensor =>
  rebuild(tensor, (at, row, column) => at(order[row], column));

const scale = (tensor: FloatTensor, factor: (row: number, column: number) => number): FloatTensor =>
  rebuild(tensor, (at, row, column) => at(row, column) * factor(row, column));
