import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { LensError } from '../errors.js';
import { crossFitTask, type CrossFit, type FitOptions, type LinearTask } from './cross-fit.js';
import type { Design } from './design.js';
import { ABSENT, nodeLoss } from './fits/losses.js';
import { PreparedDesign, type PrepareOptions } from './prepared-design.js';

/** Embeddings of the nodes, row-major: node v has `values[v * columns ...]`. */
export interface NodeEmbedding {
  readonly nodes: number;
  readonly columns: number;
  readonly values: Float32Array;
}

export interface NodeTaskOptions extends FitOptions {
  /** How many node ids there are. */
  readonly nodes: number;
  /** `perNode`: each node id has weights of its own. `bilinear`: one matrix for all, score = thought' B embedding. */
  readonly variant: 'perNode' | 'bilinear';
  /** Of each node id; for `bilinear`. */
  readonly embedding?: NodeEmbedding | undefined;
}

/** The thoughts and labels of a probe of nodes, and how it is fitted and scored out of fold. */
export interface CrossFitNodesOptions extends NodeTaskOptions, PrepareOptions {
  readonly thoughts: Design;
  /** [rows * nodes], 1, 0, or -1 for a node that the row's graph does not have. */
  readonly labels: Int8Array;
  /** [rows], the graph of each row. */
  readonly groups: ArrayLike<number>;
}

/**
 * Cross-fits the probe of a set of nodes: a logistic score for every pair of a thought and a node of its graph, the loss
 * being the mean over those pairs. What would be rows x nodes outer products are two products with the thoughts alone.
 *
 * `perNode` has free weights per node id, a shared free intercept, and a penalised deviation from it per node id.
 * `bilinear` has score = x' B e_v + b with the standardised thought x, one matrix B and one intercept b; embeddings are
 * scaled to a mean squared length of 1, and B alone is penalised. The minimum has B in the span of the embeddings, so
 * that it costs no more than `perNode` whatever their width. With orthonormal embeddings the two are the same but for
 * the intercepts; with embeddings that depend on each other, `bilinear` carries over from one node to another.
 *
 * A penalty means what it does for a probe of one node alone: lambda / 2 times the sum of squares of the weights is
 * divided by the number of nodes, as the mean loss over nodes is.
 *
 * @returns `scores` [rows * nodes], NaN where the node is absent
 * @throws LensError as `crossFit`; if labels are no 1, 0 or -1, or all alike; if `bilinear` has no embedding per node
 */
export async function crossFitNodes(options: CrossFitNodesOptions): Promise<CrossFit> {
  const { thoughts, labels, groups, folds, seed } = options;
  checkNodeLabels(labels, thoughts.rows, options.nodes);
  const prepared = await PreparedDesign.prepare(thoughts, groups, { folds, seed });
  try {
    return await crossFitNodeSets(prepared, labels, options);
  } finally {
    await prepared.dispose();
  }
}

/** {@link crossFitNodes} of thoughts that are ready, for several probes of the same rows. */
export async function crossFitNodeSets(
  prepared: PreparedDesign,
  labels: Int8Array,
  { nodes, variant, embedding, ...options }: NodeTaskOptions,
): Promise<CrossFit> {
  checkNodeLabels(labels, prepared.rows, nodes);
  const result = await crossFitTask(prepared, nodeTask(labels, { nodes, variant, embedding }), options);
  for (let i = 0; i < labels.length; i++) if (labels[i] === ABSENT) result.scores[i] = Number.NaN;
  return result;
}

/** The task of telling which nodes of a row's graph are in its set. */
export function nodeTask(
  labels: Int8Array,
  { nodes, variant, embedding }: Pick<NodeTaskOptions, 'nodes' | 'variant' | 'embedding'>,
): LinearTask {
  return {
    outputs: nodes,
    share: nodes,
    loss: (rows) => nodeLoss(labelsOf(labels, rows, nodes), nodes),
    ...(variant === 'perNode'
      ? { intercepts: 'sharedAndEach' }
      : { intercepts: 'shared', map: principalEmbedding(embedding, nodes) }),
  };
}

function labelsOf(labels: Int8Array, rows: Int32Array, nodes: number): Int8Array {
  const own = new Int8Array(rows.length * nodes);
  rows.forEach((row, i) => own.set(labels.subarray(row * nodes, (row + 1) * nodes), i * nodes));
  return own;
}

/**
 * The embeddings in the coordinates of their own principal axes, [rank * nodes], with rows orthogonal to each other and a
 * mean squared length of 1 per node. B e = (B U)(U'e) for orthonormal U that span the embeddings, and |B| = |B U| where
 * |B| is least.
 */
function principalEmbedding(embedding: NodeEmbedding | undefined, nodes: number): Float64Array {
  const remedy = 'give one finite vector per node id, or use perNode';
  if (embedding === undefined) throw new LensError('embedding', 'bilinear has none', remedy, 'usage');
  const { columns, values } = embedding;
  if (embedding.nodes !== nodes || values.length !== nodes * columns)
    throw new LensError('embedding', `not one per node (${embedding.nodes} for ${nodes})`, remedy);
  const squares = values.reduce((sum, x) => sum + x * x, 0);
  if (!(squares > 0 && squares < Infinity)) throw new LensError('embedding', 'is zero or not finite', remedy);
  const factor = Math.sqrt(nodes / squares);
  const matrix = Matrix.zeros(nodes, columns);
  for (let v = 0; v < nodes; v++) for (let c = 0; c < columns; c++) matrix.set(v, c, factor * values[v * columns + c]);
  const { diagonal, leftSingularVectors } = new SingularValueDecomposition(matrix, { autoTranspose: true });
  const kept = diagonal.filter((value) => value > 1e-7 * diagonal[0]);
  return Float64Array.from(
    kept.flatMap((value, k) => Array.from({ length: nodes }, (_, v) => value * leftSingularVectors.get(v, k))),
  );
}

/** @throws LensError if labels are not one per row and node, or no 1, 0 or -1, or all alike */
export function checkNodeLabels(labels: Int8Array, rows: number, nodes: number): void {
  if (labels.length !== rows * nodes)
    throw new LensError('labels', `${labels.length} for ${rows} rows of ${nodes} nodes`, 'give one per row and node');
  let positive = 0;
  let negative = 0;
  labels.forEach((label, i) => {
    if (label === 1) positive++;
    else if (label === 0) negative++;
    else if (label !== ABSENT)
      throw new LensError('labels', `row ${Math.floor(i / nodes)} has ${label}`, 'give 1, 0 or -1 (absent)');
  });
  if (positive === 0 || negative === 0)
    throw new LensError(
      'labels',
      `hold a single class (${positive} ones, ${negative} zeros)`,
      'there is nothing to tell apart; give others',
    );
}
