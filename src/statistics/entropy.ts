/**
 * Shannon entropy in nats, -sum p ln p, of non-negative weights after division by their sum; 0 ln 0 is 0. It is 0 for
 * one non-zero weight and ln n for n equal ones. NaN if the weights sum to 0.
 *
 * @throws RangeError if a weight is negative or not finite
 */
export function entropyNats(weights: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i];
    if (!(weight >= 0 && weight < Infinity)) throw new RangeError(`weight ${i} is ${weight}, not a finite number >= 0`);
    total += weight;
  }
  if (total === 0) return Number.NaN;
  let entropy = 0;
  for (let i = 0; i < weights.length; i++) {
    const p = weights[i] / total;
    if (p > 0) entropy -= p * Math.log(p);
  }
  return entropy;
}

/** Shannon entropy in bits, -sum p log2 p; see {@link entropyNats}. */
export function entropyBits(weights: ArrayLike<number>): number {
  return entropyNats(weights) / Math.LN2;
}

/**
 * Effective number exp(H) with H in nats: how many equally likely outcomes have the same entropy (the Hill number of
 * order 1; Hill, Ecology 54, 1973). n for n equal weights; see {@link entropyNats}.
 */
export function effectiveNumber(weights: ArrayLike<number>): number {
  return Math.exp(entropyNats(weights));
}
