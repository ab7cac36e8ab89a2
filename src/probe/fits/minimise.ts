/** A function to be made small, with its gradient. */
export interface Objective {
  /** Number of parameters. */
  readonly size: number;
  /** @param at [size], read only */
  evaluate(at: Float64Array): Promise<{ readonly value: number; readonly gradient: Float64Array }>;
}

export interface MinimiseOptions {
  /** Converged where the norm of the gradient is at most this. */
  readonly tolerance: number;
  /** Default 500. */
  readonly maxIterations?: number;
  /** Steps remembered. Default 10. */
  readonly memory?: number;
  /** How far rounding may part two equal values, as a share of them. Default 1e-14, double precision. */
  readonly noise?: number;
  /** Norm that is compared with the tolerance; default Euclidean. */
  readonly norm?: (gradient: Float64Array) => number;
}

/** How a minimisation ended. */
export interface Convergence {
  readonly converged: boolean;
  readonly iterations: number;
  /** How often value and gradient were computed. */
  readonly evaluations: number;
  /** Where it ended. */
  readonly gradientNorm: number;
}

export interface Minimum extends Convergence {
  /** [size] */
  readonly at: Float64Array;
  readonly value: number;
}

/** Armijo's share of the decrease that the slope promises. */
const SUFFICIENT = 1e-4;
/** A step whose slope has fallen below this share of the first is good enough where values differ by rounding only. */
const APPROXIMATE = 0.9;
const MAX_HALVINGS = 40;

interface Point {
  readonly at: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

/**
 * L-BFGS (Nocedal and Wright, Numerical Optimization, 2006, algorithm 7.5) for convex functions, with a monotone
 * backtracking line search. Steps are tried at their full length first and shortened by quadratic interpolation until
 * Armijo's condition holds; where two values differ by no more than rounding, the slopes decide (Hager and Zhang, SIAM
 * Journal on Optimization 16, 2005). Curvature along every accepted step of a strictly convex function is positive, so
 * that no other condition is needed.
 *
 * It ends converged, at `maxIterations`, or where rounding lets no step decrease the function; which, says the result.
 *
 * @param start [size], read only
 */
export async function minimise(
  objective: Objective,
  start: Float64Array,
  { tolerance, maxIterations = 500, memory = 10, noise = 1e-14, norm = euclidean }: MinimiseOptions,
): Promise<Minimum> {
  let point: Point = { at: start.slice(), ...(await objective.evaluate(start)) };
  let evaluations = 1;
  const history: Update[] = [];
  let iterations = 0;
  while (iterations < maxIterations && norm(point.gradient) > tolerance) {
    const direction = descent(point.gradient, history);
    const step = await search(objective, point, direction, noise);
    evaluations += step.evaluations;
    if (step.point === undefined) {
      // The memory may have gone bad by rounding: steepest descent gets one try.
      if (history.length === 0) break;
      history.length = 0;
      continue;
    }
    iterations++;
    remember(history, point, step.point, memory);
    point = step.point;
  }
  const gradientNorm = norm(point.gradient);
  return {
    at: point.at,
    value: point.value,
    gradientNorm,
    iterations,
    evaluations,
    converged: gradientNorm <= tolerance,
  };
}

/** A remembered step s and what it did to the gradient, y; rho is 1 / s'y. */
interface Update {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly rho: number;
}

function remember(history: Update[], from: Point, to: Point, memory: number): void {
  const s = difference(to.at, from.at);
  const y = difference(to.gradient, from.gradient);
  const curvature = dot(s, y);
  if (!(curvature > 1e-14 * Math.sqrt(dot(s, s) * dot(y, y)))) return;
  history.push({ s, y, rho: 1 / curvature });
  if (history.length > memory) history.shift();
}

/** The two-loop recursion: minus the approximate inverse Hessian times the gradient. */
function descent(gradient: Float64Array, history: readonly Update[]): Float64Array {
  const direction = gradient.slice();
  scale(direction, -1);
  if (history.length === 0) {
    // Nothing is known of the scale: a first step of length 1 at most.
    const length = euclidean(gradient);
    if (length > 1) scale(direction, 1 / length);
    return direction;
  }
  const weights = history.map(() => 0);
  for (let i = history.length - 1; i >= 0; i--) {
    const { s, y, rho } = history[i];
    weights[i] = rho * dot(s, direction);
    addTo(direction, y, -weights[i]);
  }
  const last = history[history.length - 1];
  scale(direction, 1 / (last.rho * dot(last.y, last.y)));
  history.forEach(({ s, y, rho }, i) => addTo(direction, s, weights[i] - rho * dot(y, direction)));
  return direction;
}

async function search(
  objective: Objective,
  from: Point,
  direction: Float64Array,
  noise: number,
): Promise<{ point?: Point; evaluations: number }> {
  const slope = dot(from.gradient, direction);
  if (!(slope < 0)) return { evaluations: 0 };
  const rounding = noise * Math.max(Math.abs(from.value), Number.MIN_VALUE);
  let length = 1;
  for (let evaluations = 1; evaluations <= MAX_HALVINGS; evaluations++) {
    const at = from.at.slice();
    addTo(at, direction, length);
    const { value, gradient } = await objective.evaluate(at);
    const enough = value <= from.value + SUFFICIENT * length * slope;
    const level = Math.abs(value - from.value) <= rounding;
    if (enough || (level && Math.abs(dot(gradient, direction)) <= APPROXIMATE * -slope))
      return { point: { at, value, gradient }, evaluations };
    const lowest = (-slope * length * length) / (2 * (value - from.value - slope * length));
    length = Number.isFinite(lowest) ? Math.min(0.5 * length, Math.max(0.1 * length, lowest)) : 0.1 * length;
  }
  return { evaluations: MAX_HALVINGS };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function euclidean(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  const result = a.slice();
  addTo(result, b, -1);
  return result;
}

function scale(a: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i] *= factor;
}

function addTo(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i] += factor * b[i];
}
