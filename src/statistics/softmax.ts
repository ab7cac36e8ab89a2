/**
 * exp(x - highest x): numbers in the proportions of a softmax that cannot overflow, the largest of them 1.
 *
 * @returns [n], in float64; empty for no values
 */
export function softmaxWeights(logits: ArrayLike<number>): Float64Array {
  let highest = -Infinity;
  for (let i = 0; i < logits.length; i++) highest = Math.max(highest, logits[i]);
  return Float64Array.from(logits, (logit) => Math.exp(logit - highest));
}

/** Probabilities in proportion to exp(x), adding up to 1: no sum underflows. [n] */
export function softmax(logits: ArrayLike<number>): number[] {
  const weights = softmaxWeights(logits);
  const sum = weights.reduce((a, b) => a + b, 0);
  return Array.from(weights, (weight) => weight / sum);
}

/** ln of the sum of exp(x), the softmax's normaliser, in nats. -Infinity for no values. */
export function logSumExp(logits: ArrayLike<number>): number {
  if (logits.length === 0) return -Infinity;
  let highest = -Infinity;
  for (let i = 0; i < logits.length; i++) highest = Math.max(highest, logits[i]);
  return highest + Math.log(softmaxWeights(logits).reduce((a, b) => a + b, 0));
}
