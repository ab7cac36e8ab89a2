import { cosineTable } from './portable-math.js';
import { featureOf, LAYOUT, POSITION_FREQUENCIES } from './residual-layout.js';
import type { Head, Reading, WeightBuilder, Writing } from './weight-builder.js';

/**
 * Position t is coded by the cosine and sine of 16 angles theta_j t, theta_j = 2 pi m_j / 512. The inner product of two
 * codes depends only on their distance: it is 16 K(distance), K(x) the mean of cos(theta_j x), K(0) = 1. All
 * frequencies are whole multiples of one, so a table of 512 cosines gives every code, and no rounding accumulates.
 */
const PERIOD = 512;

/** The multiple whose code is (-1)^t: the parity of the position. */
const PARITY_MULTIPLE = PERIOD / 2;

/**
 * m_j. Found by random search for a small greatest side lobe: K(x) <= {@link GREATEST_SIDE_LOBE} for x = 1 .. 257,
 * all distances that occur with 256 positions and heads that look two back.
 */
const MULTIPLES: readonly number[] = [
  3,
  55,
  64,
  114,
  129,
  143,
  159,
  163,
  174,
  180,
  181,
  200,
  205,
  216,
  249,
  PARITY_MULTIPLE,
];

/** The most that two codes of different positions have in common; a test computes it. */
export const GREATEST_SIDE_LOBE = 0.2921;

const COSINES = cosineTable(PERIOD);

const modulo = (i: number): number => ((i % PERIOD) + PERIOD) % PERIOD;
const cosine = (multiple: number, position: number): number => COSINES[modulo(multiple * position)];
const sine = (multiple: number, position: number): number => COSINES[modulo(multiple * position - PERIOD / 4)];

const cosineFeature = (j: number): number => featureOf(LAYOUT.position, 2 * j);
const sineFeature = (j: number): number => featureOf(LAYOUT.position, 2 * j + 1);

/** +1 at even positions, -1 at odd ones. */
export const PARITY_FEATURE = cosineFeature(MULTIPLES.indexOf(PARITY_MULTIPLE));

/** Squared norm of a position's code: cos^2 + sin^2 for every frequency. */
export const POSITION_SQUARED_NORM = POSITION_FREQUENCIES;

/** The features of a position's code. */
export function positionCode(position: number): Writing {
  return MULTIPLES.flatMap((m, j) => [
    [cosineFeature(j), cosine(m, position)] as const,
    [sineFeature(j), sine(m, position)] as const,
  ]);
}

/** Writes the codes of all positions into `wpe`. */
export function embedPositions(builder: WeightBuilder, positions: number): void {
  for (let t = 0; t < positions; t++) builder.embed('wpe', t, positionCode(t));
}

const readings = (...features: readonly (readonly [feature: number, weight: number])[]): Reading => ({ features });

/**
 * Makes a head look `offset` positions back: the query is the position's code turned back by `offset` steps, so the
 * score of a position at distance x is sharpness * K(x - offset). Where there is none (the first positions), it looks
 * at those that there are.
 */
export function lookBack(head: Head, offset: number, sharpness: number): void {
  const weight = sharpness / POSITION_FREQUENCIES;
  MULTIPLES.forEach((m, j) => {
    const c = weight * cosine(m, offset);
    const s = weight * sine(m, offset);
    const cos = cosineFeature(j);
    const sin = sineFeature(j);
    // cos(theta (t - offset)) = c cos + s sin and sin(theta (t - offset)) = c sin - s cos.
    const turned = { cosine: readings([cos, c], [sin, s]), sine: readings([sin, c], [cos, -s]) };
    head.score(turned.cosine, readings([cos, 1]));
    head.score(turned.sine, readings([sin, 1]));
  });
}
