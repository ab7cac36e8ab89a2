import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { orthonormalBasis, randomDirections, type Basis } from '../../intervention/index.js';
import type { HostTensor } from '../../tensor/index.js';
import type { Random } from '../../random.js';

/** More directions than asked for are kept while they turn: the last ones converge slowly. */
const SPARE = 8;
const TURNS = 12;

/**
 * The first right singular directions of a matrix J: those along which its input moves its output most. By subspace
 * iteration with J'J, then Rayleigh and Ritz (Golub and Van Loan, Matrix Computations, 4th ed., 8.2.4 and 8.3).
 *
 * @param matrix [m, d]
 * @param count how many; fewer come back where the rank is less
 * @param random of the directions it begins with
 * @returns orthonormal, in descending order of the singular values
 */
export function singularDirections({ data, shape: [m, d] }: HostTensor, count: number, random: Random): Basis {
  const times = (x: Float64Array): Float64Array => {
    const y = new Float64Array(m);
    for (let i = 0; i < m; i++) for (let j = 0; j < d; j++) y[i] += data[i * d + j] * x[j];
    return y;
  };
  const back = (y: Float64Array): Float64Array => {
    const x = new Float64Array(d);
    for (let i = 0; i < m; i++) for (let j = 0; j < d; j++) x[j] += data[i * d + j] * y[i];
    return x;
  };
  let found = orthonormalBasis(randomDirections(random, Math.min(d, count + SPARE), d));
  for (let turn = 0; turn < TURNS; turn++) found = orthonormalBasis(found.map((x) => back(times(x))));
  if (found.length === 0) return [];
  const images = new Matrix(found.map((x) => times(x)));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(images.mmul(images.transpose()), {
    assumeSymmetric: true,
  });
  const order = [...realEigenvalues.keys()].sort((a, b) => realEigenvalues[b] - realEigenvalues[a]);
  return order.slice(0, count).map((column) => {
    const direction = new Float64Array(d);
    found.forEach((unit, i) => {
      const weight = eigenvectorMatrix.get(i, column);
      unit.forEach((x, j) => (direction[j] += weight * x));
    });
    return direction;
  });
}
