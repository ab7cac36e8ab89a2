import { LensError } from '../../errors.js';
import { auc } from '../../statistics/index.js';
import type { NodeEmbedding } from '../cross-fit-nodes.js';
import type { Design } from '../design.js';
import { ABSENT } from '../fits/losses.js';
import { meanThought, type ThoughtDecoder } from './decoder.js';

/** How a decoder does on thoughts of graphs that it did not learn from. */
export interface DecoderMeasures {
  readonly thoughts: number;
  /** 1 - squared error / squared distance from the mean of these thoughts: 1 is perfect, 0 no better than that mean. */
  readonly varianceExplained: number;
  /** Features other than 0 per thought, in the mean. */
  readonly active: number;
  /** Features that are 0 in all these thoughts. */
  readonly dead: number;
}

/**
 * Reconstruction and sparsity on some rows. Choose rows of graphs that are not among the training rows.
 *
 * `varianceExplained` is NaN where all thoughts are alike.
 */
export function measureDecoder(decoder: ThoughtDecoder, thoughts: Design, rows: Int32Array): DecoderMeasures {
  const { columns, values } = thoughts;
  const mean = meanThought(thoughts, rows);
  const alive = new Uint8Array(decoder.features);
  let [error, variance, active] = [0, 0, 0];
  for (const r of rows) {
    const thought = values.subarray(r * columns, (r + 1) * columns);
    decoder.encode(thought).forEach((amount, f) => {
      if (amount === 0) return;
      active++;
      alive[f] = 1;
    });
    const made = decoder.reconstruct(thought);
    for (let c = 0; c < columns; c++) {
      error += (made[c] - thought[c]) ** 2;
      variance += (thought[c] - mean[c]) ** 2;
    }
  }
  return {
    thoughts: rows.length,
    varianceExplained: variance === 0 ? Number.NaN : 1 - error / variance,
    active: active / rows.length,
    dead: decoder.features - alive.reduce((sum, x) => sum + x, 0),
  };
}

/** What the LM head says of one feature, and whether the feature bears it out. */
export interface FeatureReading {
  readonly feature: number;
  /** The node id whose embedding has the largest inner product with the feature's direction. */
  readonly node: number;
  /** By how much it is ahead of the next, in logits per unit of the feature; NaN where there is one node. */
  readonly margin: number;
  /** Share of thoughts in which the feature is not 0. */
  readonly frequency: number;
  /** AUC of the feature's activation for that node's label, over the thoughts whose graph has it; NaN where one label is absent. */
  readonly auc: number;
}

/** Whether features say which node the LM head names. */
export interface HeadAgreement {
  /** Of features that are not 0 throughout, in their order. */
  readonly readings: readonly FeatureReading[];
  /** Mean AUC over the readings that have one; 0.5 for features that say nothing of the node the head names. NaN if none. */
  readonly meanAuc: number;
  /** Share of them with an AUC of at least `DETECTOR`. */
  readonly detectors: number;
  /** Different node ids that the head names. */
  readonly nodes: number;
}

/** From here on a feature counts as a detector of its node. */
export const DETECTOR = 0.9;

/**
 * Whether the features of a decoder name nodes and agree with the LM head: each feature's direction is read by the head
 * (inner products with the node tokens' rows of the tied embedding), and the feature's activation is judged as a detector of
 * the node named being in a node set. Compare with `randomDictionary` of the same shape: the head names a node for any
 * direction.
 *
 * @param labels [thoughts.rows * nodes]: 1, 0, or -1 for a node that the row's graph does not have
 * @throws LensError if the embedding is of another width, or labels are not one per row and node
 */
export function headAgreement(
  decoder: ThoughtDecoder,
  thoughts: Design,
  rows: Int32Array,
  embedding: NodeEmbedding,
  labels: Int8Array,
): HeadAgreement {
  const { columns, features, directions } = decoder;
  const { nodes } = embedding;
  if (embedding.columns !== columns)
    throw new LensError(
      'embedding',
      `another width than a thought (${embedding.columns}, not ${columns})`,
      'correct it',
    );
  if (labels.length !== thoughts.rows * nodes)
    throw new LensError('labels', `${labels.length} for ${thoughts.rows} rows of ${nodes} nodes`, 'give one each');
  const activations = Array.from(rows, (r) => decoder.encode(thoughts.values.subarray(r * columns, (r + 1) * columns)));
  const readings: FeatureReading[] = [];
  for (let f = 0; f < features; f++) {
    const own = activations.map((all) => all[f]);
    const present = own.filter((amount) => amount !== 0).length;
    if (present === 0) continue;
    const logits = nodeLogits(directions.subarray(f * columns, (f + 1) * columns), embedding);
    const order = [...logits.keys()].sort((a, b) => logits[b] - logits[a] || a - b);
    const node = order[0];
    const margin = nodes > 1 ? logits[node] - logits[order[1]] : Number.NaN;
    const judged = [...rows.keys()].filter((i) => labels[rows[i] * nodes + node] !== ABSENT);
    readings.push({
      feature: f,
      node,
      margin,
      frequency: present / rows.length,
      auc: auc(
        judged.map((i) => own[i]),
        judged.map((i) => labels[rows[i] * nodes + node] === 1),
      ),
    });
  }
  const defined = readings.filter((reading) => !Number.isNaN(reading.auc));
  return {
    readings,
    meanAuc: defined.reduce((sum, reading) => sum + reading.auc, 0) / defined.length,
    detectors: defined.filter((reading) => reading.auc >= DETECTOR).length / defined.length,
    nodes: new Set(readings.map(({ node }) => node)).size,
  };
}

function nodeLogits(direction: Float32Array, { nodes, columns, values }: NodeEmbedding): number[] {
  return Array.from({ length: nodes }, (_, v) => {
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += direction[c] * values[v * columns + c];
    return sum;
  });
}
