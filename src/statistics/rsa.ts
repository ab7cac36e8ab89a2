import { permutationTest, type PermutationOptions, type PermutationTest } from './permutation.js';
import { midRanks, spearman } from './spearman.js';

/** A Mantel test of two dissimilarity matrices. */
export interface RsaTest extends PermutationTest {
  /** Units (graphs, nodes) that the pairs are made of: the sample size, not the number of pairs. */
  readonly units: number;
}

/**
 * Representational similarity analysis: Spearman's correlation between two sets of pairwise dissimilarities of the same
 * units (Kriegeskorte, Mur and Bandettini, Frontiers in Systems Neuroscience 2, 2008), with the null distribution of
 * Mantel (Cancer Research 27, 1967). Pairs that share a unit are dependent, so units are permuted, rows and columns
 * together, never pairs.
 *
 * @param first pairs (0, 1), (0, 2), ..., (1, 2), ...: the upper triangle, row by row; not NaN
 * @param second likewise
 * @param options as of `permutationTest`, except that `alternative` is `greater` by default: representations are alike
 * @returns statistic and p NaN where one side is constant
 * @throws RangeError on NaN, on lengths that differ or are no n (n - 1) / 2 with n >= 3, and on options out of range
 */
export function rsa(first: ArrayLike<number>, second: ArrayLike<number>, options: PermutationOptions): RsaTest {
  if (first.length !== second.length) throw new RangeError(`${first.length} and ${second.length} dissimilarities`);
  const units = (1 + Math.sqrt(1 + 8 * first.length)) / 2;
  if (!Number.isInteger(units) || units < 3)
    throw new RangeError(`${first.length} dissimilarities are not the pairs of 3 units or more`);

  const value = spearman(first, second);
  if (Number.isNaN(value)) return { ...permutationTest(() => value, units, options), units };
  // Permuting units permutes the ranks of the pairs, so that only the sum of products changes.
  const middle = (first.length + 1) / 2;
  const a = midRanks(first).map((rank) => rank - middle);
  const b = square(
    midRanks(second).map((rank) => rank - middle),
    units,
  );
  const products = (permutation: readonly number[]): number => {
    let sum = 0;
    let pair = 0;
    for (let i = 0; i < units; i++) {
      const row = permutation[i] * units;
      for (let j = i + 1; j < units; j++) sum += a[pair++] * b[row + permutation[j]];
    }
    return sum;
  };
  const { p, permutations } = permutationTest(products, units, { alternative: 'greater', ...options });
  return { statistic: value, p, permutations, units };
}

/** The symmetric matrix of a triangle, row by row; 0 on the diagonal, which is not read. */
function square(triangle: Float64Array, units: number): Float64Array {
  const matrix = new Float64Array(units * units);
  let pair = 0;
  for (let i = 0; i < units; i++)
    for (let j = i + 1; j < units; j++) matrix[i * units + j] = matrix[j * units + i] = triangle[pair++];
  return matrix;
}
