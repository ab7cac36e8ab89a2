import type { RowValues } from './products.js';

/** A mean loss of linear scores, in nats. */
export interface Loss {
  /** Scores per row. */
  readonly outputs: number;
  /** How many terms the mean is over. */
  readonly count: number;
  /** Whether every class occurs. */
  readonly complete: boolean;
  /** The second derivative by a score, in the mean over rows and outputs, where the scores know the base rate only. */
  readonly curvature: number;
  /**
   * @param scores [rows * outputs]; the offsets are yet to be added
   * @param offsets [outputs]
   * @param residuals [rows * outputs], overwritten: the derivative of the mean loss by each score
   * @returns the mean loss
   */
  evaluate(scores: RowValues, offsets: Float64Array, residuals: RowValues): number;
}

/** log(1 + exp(x)), without overflow. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** 1 / (1 + exp(-x)), without overflow. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/** Logistic loss of one score for labels 0 and 1. @param labels [rows] */
export function binaryLoss(labels: ArrayLike<number>): Loss {
  const n = labels.length;
  let positive = 0;
  for (let i = 0; i < n; i++) positive += labels[i];
  const rate = positive / n;
  return {
    outputs: 1,
    count: n,
    complete: positive > 0 && positive < n,
    curvature: rate * (1 - rate),
    evaluate(scores, offsets, residuals) {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        // Signed so that the right side is above 0; one exponential serves loss and slope.
        const score = labels[i] === 1 ? scores[i] + offsets[0] : -scores[i] - offsets[0];
        const e = Math.exp(-Math.abs(score));
        sum += Math.max(-score, 0) + Math.log1p(e);
        const wrong = score >= 0 ? e / (1 + e) : 1 / (1 + e);
        residuals[i] = (labels[i] === 1 ? -wrong : wrong) / n;
      }
      return sum / n;
    },
  };
}

/** Cross-entropy of one score per class after softmax. @param labels [rows], 0..classes-1 */
export function softmaxLoss(labels: ArrayLike<number>, classes: number): Loss {
  const n = labels.length;
  const counts = new Float64Array(classes);
  for (let i = 0; i < n; i++) counts[labels[i]]++;
  return {
    outputs: classes,
    count: n,
    complete: counts.every((count) => count > 0),
    curvature: counts.reduce((sum, count) => sum + (count / n) * (1 - count / n), 0) / classes,
    evaluate(scores, offsets, residuals) {
      let loss = 0;
      for (let i = 0; i < n; i++) {
        const start = i * classes;
        let highest = -Infinity;
        for (let c = 0; c < classes; c++) highest = Math.max(highest, scores[start + c] + offsets[c]);
        let sum = 0;
        for (let c = 0; c < classes; c++) sum += Math.exp(scores[start + c] + offsets[c] - highest);
        const total = highest + Math.log(sum);
        for (let c = 0; c < classes; c++)
          residuals[start + c] = (Math.exp(scores[start + c] + offsets[c] - total) - Number(labels[i] === c)) / n;
        loss += total - scores[start + labels[i]] - offsets[labels[i]];
      }
      return loss / n;
    },
  };
}

/** What stands for a node that the row's graph does not have. */
export const ABSENT = -1;

/**
 * Logistic loss of one score per node, in the mean over all pairs of a row and a node that its graph has.
 *
 * @param labels [rows * nodes]: 1, 0, or {@link ABSENT}
 */
export function nodeLoss(labels: Int8Array, nodes: number): Loss {
  let pairs = 0;
  let positive = 0;
  for (const label of labels) {
    if (label === ABSENT) continue;
    pairs++;
    positive += label;
  }
  const rate = positive / pairs;
  return {
    outputs: nodes,
    count: pairs,
    complete: positive > 0 && positive < pairs,
    curvature: rate * (1 - rate),
    evaluate(scores, offsets, residuals) {
      let sum = 0;
      // The logarithms of many factors of 1 to 2 by one of their product: log1p took half of the evaluation. What a factor
      // loses by rounding is 1e-16 of the loss of one pair.
      let factors = 1;
      for (let i = 0, node = 0; i < labels.length; i++, node = node + 1 === nodes ? 0 : node + 1) {
        const label = labels[i];
        if (label === ABSENT) {
          residuals[i] = 0;
          continue;
        }
        // Signed so that the right side is above 0; one exponential serves loss and slope.
        const score = label === 1 ? scores[i] + offsets[node] : -scores[i] - offsets[node];
        const e = Math.exp(-Math.abs(score));
        if (score < 0) sum -= score;
        factors *= 1 + e;
        if (factors > 1e300) {
          sum += Math.log(factors);
          factors = 1;
        }
        const wrong = score >= 0 ? e / (1 + e) : 1 / (1 + e);
        residuals[i] = (label === 1 ? -wrong : wrong) / pairs;
      }
      return (sum + Math.log(factors)) / pairs;
    },
  };
}
