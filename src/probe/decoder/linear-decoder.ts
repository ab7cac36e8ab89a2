import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { LensError } from '../../errors.js';
import type { Design } from '../design.js';
import { normalSums } from '../fits/ridge.js';
import { compose, meanThought, project, trainingRows, type ThoughtDecoder } from './decoder.js';

/**
 * The linear decoder: the mean and the leading principal components of thoughts, the linear code of that many numbers
 * that loses least of their variance (Pearson 1901), in closed form. Components are in descending order of variance; their
 * signs mean nothing, and are chosen so that the largest entry is positive.
 *
 * @param components how many, at most the width of a thought
 * @param rows the thoughts to learn from; all of them if omitted
 * @throws LensError if there are more components than columns, too few rows, or a number is not finite
 */
export function fitLinearDecoder(thoughts: Design, components: number, rows?: Int32Array): ThoughtDecoder {
  const own = trainingRows(thoughts, components, rows);
  const { columns } = thoughts;
  if (components > columns)
    throw new LensError('components', `more than columns (${components} of ${columns})`, 'give fewer', 'usage');
  const mean = meanThought(thoughts, own);
  const { gram } = normalSums(thoughts, new Uint8Array(thoughts.rows), own, mean);
  const covariance = Matrix.zeros(columns, columns);
  for (let i = 0; i < columns; i++)
    for (let j = 0; j <= i; j++) {
      covariance.set(i, j, gram[i * columns + j] / own.length);
      covariance.set(j, i, gram[i * columns + j] / own.length);
    }
  const { eigenvectorMatrix } = new EigenvalueDecomposition(covariance, { assumeSymmetric: true });
  const directions = new Float32Array(components * columns);
  for (let f = 0; f < components; f++) {
    // Eigenvalues ascend.
    const vector = eigenvectorMatrix.getColumn(columns - 1 - f);
    const largest = vector.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
    directions.set(
      vector.map((x) => x * Math.sign(largest)),
      f * columns,
    );
  }
  const encode = (thought: Float32Array): Float32Array => project(mean, directions, thought);
  return {
    columns,
    features: components,
    directions,
    encode,
    reconstruct: (thought) => compose(mean, directions, encode(thought)),
  };
}
