import { LensError } from '../../../errors.js';
import { tf } from '../../tfjs.js';
import { apply, float, int, ints, type Value } from '../graph.js';
import { kernel, reshape } from './register.js';

interface MatMulAttributes {
  transposeA?: boolean;
  transposeB?: boolean;
  alpha?: number;
}

/** alpha op(a) op(b) over the last two axes; batch axes broadcast. Gemm for matrices, FusedMatMul for batches. */
function matMul(a: Value, b: Value, { transposeA = false, transposeB = false, alpha = 1 }: MatMulAttributes): Value {
  assertMultipliable(a, b, transposeA, transposeB);
  const rank = Math.max(a.shape.length, b.shape.length);
  const rows = a.shape[a.shape.length - (transposeA ? 1 : 2)];
  const columns = b.shape[b.shape.length - (transposeB ? 2 : 1)];
  const attributes = { transA: int(transposeA ? 1 : 0), transB: int(transposeB ? 1 : 0), alpha: float(alpha) };
  if (rank === 2 && a.type === 'float32') return apply('Gemm', [a, b], 'float32', [rows, columns], attributes);

  const lead = (x: Value): readonly number[] => x.shape.slice(0, -2);
  const padded = (x: Value): number[] => [...Array<number>(rank - x.shape.length).fill(1), ...lead(x)];
  const [left, right] = [padded(a), padded(b)];
  const batch = left.map((n, i) => (n === 1 ? right[i] : n));
  const shape = [...batch, rows, columns];
  if (a.type === 'float32') return apply('FusedMatMul', [a, b], 'float32', shape, attributes, 'com.microsoft');
  // Integers stay integers: through float32 they would lose what is above 2^24.
  return apply('MatMul', [transposeA ? transposed(a) : a, transposeB ? transposed(b) : b], a.type, shape);
}

/** The last two axes exchanged. */
function transposed(x: Value): Value {
  const axes = x.shape.map((_, i) => i);
  const perm = [...axes.slice(0, -2), axes.length - 1, axes.length - 2];
  const shape = perm.map((axis) => x.shape[axis]);
  return apply('Transpose', [x], x.type, shape, { perm: ints(perm) });
}

function assertMultipliable(a: Value, b: Value, transposeA: boolean, transposeB: boolean): void {
  const inner = a.shape.at(transposeA ? -2 : -1);
  const other = b.shape.at(transposeB ? -1 : -2);
  if (a.shape.length < 2 || b.shape.length < 2 || inner !== other)
    throw new LensError(
      'matMul',
      `shapes [${a.shape.join(', ')}] and [${b.shape.join(', ')}] do not match (transposeA ${transposeA}, transposeB ${transposeB})`,
      'give matrices with equal inner dimensions',
    );
  tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
}

export function registerLinearAlgebra(): void {
  kernel<MatMulAttributes>('BatchMatMul', ({ a, b }, attributes) => matMul(a, b, attributes));
  kernel<MatMulAttributes>('ScaledMatMul', ({ a, b }, attributes) => matMul(a, b, attributes));
  kernel('Linear', ({ x, w, b }) => apply('Gemm', [x, w, b], 'float32', [x.shape[0], w.shape[1]], {}));
  // Sum over rows as a product with a vector of ones, which uses every core.
  kernel('ColumnSums', ({ x, ones }) =>
    reshape(apply('Gemm', [ones, x], 'float32', [1, x.shape[1]], {}), [x.shape[1]]),
  );
}
