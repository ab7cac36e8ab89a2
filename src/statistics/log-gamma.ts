/**
 * Coefficients of Lanczos' approximation with g = 5 and six terms (Press et al., Numerical Recipes, 6.1), whose relative
 * error is below 2e-10 for every positive argument.
 */
const LANCZOS = [
  76.18009172947146, -86.50532032941678, 24.01409824083091, -1.231739572450155, 1.208650973866179e-3,
  -5.395239384953e-6,
];

/** ln of the gamma function of a positive number, as precise as {@link LANCZOS} and rounding let it be. */
export function logGamma(a: number): number {
  const shifted = a + 5.5;
  const sum = LANCZOS.reduce((total, coefficient, i) => total + coefficient / (a + 1 + i), 1.000000000190015);
  return (a + 0.5) * Math.log(shifted) - shifted + Math.log((Math.sqrt(2 * Math.PI) * sum) / a);
}
