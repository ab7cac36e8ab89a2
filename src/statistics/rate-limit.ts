/**
 * The rate of errors that so many errors allow at most: the one-sided 95 % limit of Clopper and Pearson (1934), at which
 * as few or fewer would be seen in .05 of all samples. Without an error it is 1 - .05^(1/n), about 3/n.
 *
 * @param errors 0..n, whole
 * @param n independent runs, at least 1
 * @throws RangeError if they are not
 */
export function rateLimit(errors: number, n: number): number {
  if (!(Number.isInteger(errors) && Number.isInteger(n) && n >= 1 && errors >= 0 && errors <= n))
    throw new RangeError(`${errors} errors in ${n} runs`);
  let [low, high] = [errors / n, 1];
  // Bisection: the tail falls with the rate.
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (tail(errors, n, middle) > 0.05) low = middle;
    else high = middle;
  }
  return high;
}

/** P(X <= errors) of a binomial. */
function tail(errors: number, n: number, rate: number): number {
  let term = (1 - rate) ** n;
  let sum = term;
  for (let i = 1; i <= errors; i++) {
    term *= ((n - i + 1) / i) * (rate / (1 - rate));
    sum += term;
  }
  return sum;
}
