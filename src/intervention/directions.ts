import { LensError } from '../errors.js';
import type { Random } from '../random.js';
import type { HostTensor } from '../tensor/index.js';

/** A vector of the residual stream, [d]. */
export type Direction = ArrayLike<number>;

/** Orthonormal directions, [rank][d]; none for the empty subspace. */
export type Basis = readonly Float64Array[];

/**
 * What of a direction may be left beside those before it, as a share of its length, for it to count as dependent on them.
 * Weights are float32: exactly dependent ones leave about 1e-7.
 */
const TOLERANCE = 1e-6;

/**
 * An orthonormal basis of what the directions span, by modified Gram-Schmidt, each direction orthogonalised twice. In
 * their order: the first n basis vectors span what the first independent n directions do. Directions that depend on
 * those before, zero among them, are dropped, so that `length` is the rank.
 *
 * @param directions [n][d]
 * @param tolerance share of a direction's length below which what is left of it counts as nothing
 * @throws LensError if they differ in length or a number is not finite
 */
export function orthonormalBasis(directions: readonly Direction[], tolerance = TOLERANCE): Float64Array[] {
  const basis: Float64Array[] = [];
  directions.forEach((direction, i) => {
    checkDirection(`direction ${i}`, direction, directions[0].length);
    const length = norm(direction);
    // Many heads' directions are more than there is room for: nothing is left to look for.
    if (length === 0 || basis.length === direction.length) return;
    const rest = Float64Array.from(direction);
    for (let turn = 0; turn < 2; turn++) for (const unit of basis) addTo(rest, unit, -dot(rest, unit));
    const left = norm(rest);
    if (left > tolerance * length) basis.push(rest.map((x) => x / left));
  });
  return basis;
}

/**
 * Thoughts without what they have of some directions: h - sum of <h, u> u over a basis of each row's own, computed in
 * double precision. What is left is orthogonal to them to float32's rounding.
 *
 * @param thoughts float32 [batch, d]
 * @param bases one per row, orthonormal (`orthonormalBasis`); a row with an empty one stays as it is, to the bit
 * @returns [batch, d], a copy
 * @throws LensError if there is not one basis per row, or one of another width
 */
export function removeDirections(thoughts: HostTensor, bases: readonly Basis[]): HostTensor {
  return perRow(thoughts, 'bases', bases, (row, basis, r) => {
    for (const unit of basis) {
      checkDirection(`basis of row ${r}`, unit, row.length);
      addTo(row, unit, -dot(row, unit));
    }
  });
}

/**
 * Thoughts with a multiple of a direction added, h + amplitude * direction. The direction is taken as it is: of length
 * 1 (`unit`), the amplitude is in the thoughts' own unit.
 *
 * @param thoughts float32 [batch, d]
 * @param directions one per row; a row with none stays as it is, to the bit
 * @param amplitude for all rows, or one per row
 * @returns [batch, d], a copy
 * @throws LensError if there is not one direction, or amplitude, per row, or one of another width
 */
export function addDirection(
  thoughts: HostTensor,
  directions: readonly (Direction | undefined)[],
  amplitude: number | readonly number[],
): HostTensor {
  const amplitudes = typeof amplitude === 'number' ? directions.map(() => amplitude) : amplitude;
  if (amplitudes.length !== directions.length)
    throw new LensError(
      'amplitudes',
      `not one per row (${amplitudes.length} for ${directions.length} rows)`,
      'give every row its own, or one number',
      'usage',
    );
  return perRow(thoughts, 'directions', directions, (row, direction, r) => {
    if (direction === undefined) return;
    checkDirection(`direction of row ${r}`, direction, row.length);
    addTo(row, direction, amplitudes[r]);
  });
}

/**
 * How much of each thought lies in its row's subspace: the squared length of the projection over the squared length of
 * the thought, 0 to 1; 0 for a thought that is zero. A reference of the same rank removes as much only if this is alike.
 *
 * @param thoughts float32 [batch, d]
 * @param bases one per row, orthonormal
 * @returns [batch]
 * @throws LensError as `removeDirections`
 */
export function shareInDirections(thoughts: HostTensor, bases: readonly Basis[]): number[] {
  const shares: number[] = [];
  perRow(thoughts, 'bases', bases, (row, basis, r) => {
    for (const unit of basis) checkDirection(`basis of row ${r}`, unit, row.length);
    const inside = basis.reduce((sum, unit) => sum + dot(row, unit) ** 2, 0);
    const all = dot(row, row);
    // Rounding may make the part longer than the whole.
    shares.push(all === 0 ? 0 : Math.min(1, inside / all));
  });
  return shares;
}

/** A direction with length 1. @throws LensError if it is zero or not finite: it points nowhere */
export function unitDirection(direction: Direction): Float64Array {
  const length = norm(direction);
  if (!(length > 0 && Number.isFinite(length)))
    throw new LensError('direction', `has no length (${length})`, 'leave it out', 'usage');
  return Float64Array.from(direction, (x) => x / length);
}

/**
 * Random directions of length 1, uniform on the sphere: the reference that says what removing or adding just any
 * directions does. Of the same rank as a basis: `orthonormalBasis(randomDirections(random, basis.length, d))`.
 *
 * @returns [count][d]
 */
export function randomDirections(random: Random, count: number, d: number): Float64Array[] {
  return Array.from({ length: count }, () => unitDirection(Float64Array.from({ length: d }, () => random.normal())));
}

/** Changes a copy of each row in double precision; rows that come out unchanged keep their bits. */
function perRow<T>(
  { data, shape, dtype }: HostTensor,
  subject: string,
  ofRows: readonly T[],
  change: (row: Float64Array, of: T, r: number) => void,
): HostTensor {
  if (dtype !== 'float32' || shape.length !== 2)
    throw new LensError('thoughts', `wrong shape or type (${dtype} [${shape.join(', ')}])`, 'give [batch, d]', 'usage');
  const [batch, d] = shape;
  if (ofRows.length !== batch)
    throw new LensError(
      subject,
      `not one per row (${ofRows.length} for ${batch} rows)`,
      'give every row its own',
      'usage',
    );
  const out = Float32Array.from(data);
  ofRows.forEach((of, r) => {
    const row = Float64Array.from(data.subarray(r * d, (r + 1) * d));
    change(row, of, r);
    out.set(row, r * d);
  });
  return { data: out, shape, dtype };
}

function checkDirection(subject: string, direction: Direction, d: number): void {
  if (direction.length !== d)
    throw new LensError(subject, `another width than asked for (${direction.length}, not ${d})`, 'correct it', 'usage');
  const bad = Array.prototype.find.call(direction, (x: number) => !Number.isFinite(x)) as number | undefined;
  if (bad !== undefined) throw new LensError(subject, `not finite (${bad})`, 'correct it', 'usage');
}

function dot(a: Direction, b: Direction): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function norm(a: Direction): number {
  return Math.sqrt(dot(a, a));
}

/** target += amount * direction. */
function addTo(target: Float64Array, direction: Direction, amount: number): void {
  for (let i = 0; i < target.length; i++) target[i] += amount * direction[i];
}
