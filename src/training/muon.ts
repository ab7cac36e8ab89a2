import { ops, type Tensor } from '../tensor/index.js';

/** Muon's constants; the defaults are those of its authors. */
export interface MuonOptions {
  /** Share of the momentum that is kept at every step. */
  readonly momentum?: number | undefined;
  readonly weightDecay?: number | undefined;
}

/** A matrix with its running momentum. */
export interface MuonState {
  readonly parameter: Tensor;
  readonly first: Tensor;
}

/** One step of the iteration is a X + b (X X^T) X + c (X X^T)^2 X: steep at 0, so that small singular values grow fast. */
const [A, B, C] = [3.4445, -4.775, 2.0315];
const ITERATIONS = 5;
/** Of the root mean square of AdamW's updates: so that one learning rate does for both. */
const LIKE_ADAMW = 0.2;

/**
 * A matrix with the singular vectors of another and singular values near 1 (between about .7 and 1.2), by five
 * Newton-Schulz iterations.
 *
 * @param matrix [m, n]; 0 stays 0
 */
export function orthogonalized(matrix: Tensor): Tensor {
  const [rows, columns] = matrix.shape;
  // The products are of the smaller side.
  const turned = rows > columns;
  let x: Tensor = ops.div(matrix, ops.add(ops.sqrt(ops.sum(ops.square(matrix))), 1e-7));
  if (turned) x = ops.transpose(x);
  for (let i = 0; i < ITERATIONS; i++) {
    const gram = ops.matMul(x, ops.transpose(x));
    const polynomial = ops.add(ops.mul(gram, B), ops.mul(ops.matMul(gram, gram), C));
    x = ops.add(ops.mul(x, A), ops.matMul(polynomial, x));
  }
  return turned ? ops.transpose(x) : x;
}

/**
 * One Muon step for one matrix (Jordan 2024, "Muon: an optimizer for hidden layers in neural networks"): Nesterov's
 * momentum, orthogonalised, with decoupled decay and updates of AdamW's size (arXiv 2502.16982, section 2.2).
 *
 * @param state parameter and momentum [m, n]
 * @param gradient [m, n]
 * @param learningRate scalar
 */
export function muonStep(
  { parameter, first }: MuonState,
  gradient: Tensor,
  learningRate: Tensor,
  { momentum = 0.95, weightDecay = 0.01 }: MuonOptions = {},
): MuonState {
  const m = ops.add(ops.mul(first, momentum), ops.mul(gradient, 1 - momentum));
  const ahead = ops.add(ops.mul(m, momentum), ops.mul(gradient, 1 - momentum));
  const [rows, columns] = parameter.shape;
  const size = LIKE_ADAMW * Math.sqrt(Math.max(rows, columns));
  const kept = ops.mul(parameter, ops.sub(1, ops.mul(learningRate, weightDecay)));
  return { parameter: ops.sub(kept, ops.mul(orthogonalized(ahead), ops.mul(learningRate, size))), first: m };
}
