import { LensError } from '../../../errors.js';
import type { DType } from '../../host-tensor.js';
import { tf } from '../../tfjs.js';
import { elementType } from '../backend.js';
import { Value, apply, applyAll, int, ints, staticInt32, staticInts, staticScalar, sizeOf } from '../graph.js';
import { cast, expand, kernel, normalizeAxes, reshape } from './register.js';

const scalarOf = (value: number, dtype: tf.DataType): Value => staticScalar(value, elementType(dtype));

function concat(values: readonly Value[], axis: number): Value {
  const [at] = normalizeAxes(axis, values[0].shape.length);
  const shapes = values.map((value) => [...value.shape]);
  tf.backend_util.assertParamsConsistent(shapes, at);
  if (values.some(({ type }) => type !== values[0].type))
    throw new LensError('concat', `dtypes differ (${values.map(({ type }) => type).join(', ')})`, 'cast them to one');
  if (values.length === 1) return values[0];
  return apply('Concat', values, values[0].type, tf.backend_util.computeOutShape(shapes, at), { axis: int(at) });
}

function slice(x: Value, begin: readonly number[], size: readonly number[]): Value {
  if (size.join() === x.shape.join()) return x;
  const end = begin.map((b, i) => b + size[i]);
  return apply('Slice', [x, staticInts(begin), staticInts(end)], x.type, size);
}

function split(x: Value, sizes: readonly number[], axis: number): Value[] {
  const outputs = sizes.map((n) => ({ type: x.type, shape: x.shape.map((m, i) => (i === axis ? n : m)) }));
  return sizes.length === 1 ? [x] : applyAll('Split', [x, staticInts(sizes)], outputs, { axis: int(axis) });
}

/** Indices, those outside 0 .. n - 1 replaced by `otherwise`. */
function orElse(indices: Value, n: number, otherwise: number): Value {
  const { shape } = indices;
  const negative = apply('Less', [indices, staticScalar(0, 'int32')], 'bool', shape);
  const beyond = apply('GreaterOrEqual', [indices, staticScalar(n, 'int32')], 'bool', shape);
  const outside = apply('Or', [negative, beyond], 'bool', shape);
  return apply('Where', [outside, staticScalar(otherwise, 'int32'), indices], 'int32', shape);
}

/**
 * tfjs's gather. With batch dimensions (each row of x has its own indices) the rows are laid end to end and the
 * indices offset by their row's start.
 */
function gather(x: Value, indices: Value, axis: number, batchDims: number): Value {
  type Shaped = Parameters<typeof tf.backend_util.segment_util.collectGatherOpShapeInfo>[0];
  const [at] = normalizeAxes(axis, x.shape.length);
  const { batchSize, outerSize, dimSize, sliceSize, outputShape } =
    tf.backend_util.segment_util.collectGatherOpShapeInfo(
      { shape: [...x.shape], rank: x.shape.length } as unknown as Shaped,
      { shape: [...indices.shape], rank: indices.shape.length } as unknown as Shaped,
      at,
      batchDims,
    );
  // ONNX counts a negative index from the end, and an index of one row of a batch may lie in another: both must be
  // refused, which ONNX Runtime does with one that is beyond everything.
  const ids = orElse(cast(indices, 'int32'), dimSize, batchSize * dimSize);
  if (batchSize === 1) {
    const flat = reshape(x, [outerSize, dimSize, sliceSize]);
    const count = sizeOf(ids.shape);
    const rows = apply('Gather', [flat, reshape(ids, [count])], x.type, [outerSize, count, sliceSize], {
      axis: int(1),
    });
    return reshape(rows, outputShape);
  }
  const perRow = sizeOf(ids.shape) / batchSize;
  const swap = { perm: ints([0, 2, 1, 3]) };
  const cube = reshape(x, [batchSize, outerSize, dimSize, sliceSize]);
  const byIndex = apply('Transpose', [cube], x.type, [batchSize, dimSize, outerSize, sliceSize], swap);
  const starts = staticInt32(
    new Int32Array(batchSize).map((_, row) => row * dimSize),
    [batchSize, 1],
  );
  const offset = apply('Add', [reshape(ids, [batchSize, perRow]), starts], 'int32', [batchSize, perRow]);
  const flat = reshape(byIndex, [batchSize * dimSize, outerSize * sliceSize]);
  const chosen = apply('Gather', [flat, offset], x.type, [batchSize, perRow, outerSize * sliceSize], { axis: int(0) });
  const split = reshape(chosen, [batchSize, perRow, outerSize, sliceSize]);
  return reshape(apply('Transpose', [split], x.type, [batchSize, outerSize, perRow, sliceSize], swap), outputShape);
}

export function registerLayout(): void {
  kernel<{ shape: number[] }>('Reshape', ({ x }, { shape }) =>
    reshape(x, tf.util.inferFromImplicitShape(shape, tf.util.sizeFromShape([...x.shape]))),
  );
  kernel<{ dim: number }>('ExpandDims', ({ input }, { dim }) => {
    const [at] = normalizeAxes(dim, input.shape.length + 1);
    return reshape(input, [...input.shape.slice(0, at), 1, ...input.shape.slice(at)]);
  });
  kernel<{ perm: number[] }>('Transpose', ({ x }, { perm }) => {
    if (perm.every((axis, i) => axis === i)) return x;
    return apply(
      'Transpose',
      [x],
      x.type,
      perm.map((axis) => x.shape[axis]),
      { perm: ints(perm) },
    );
  });
  kernel<{ axis: number }>('Concat', (inputs, { axis }) => concat(Object.values(inputs), axis));
  kernel<{ axis: number }>('Pack', (inputs, { axis }) => {
    const values = Object.values(inputs);
    const [at] = normalizeAxes(axis, values[0].shape.length + 1);
    return concat(
      values.map((x) => reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)])),
      at,
    );
  });
  kernel<{ axis: number }>('Unpack', ({ value }, { axis }) => {
    const [at] = normalizeAxes(axis, value.shape.length);
    const shape = value.shape.filter((_, i) => i !== at);
    return split(value, Array<number>(value.shape[at]).fill(1), at).map((part) => reshape(part, shape));
  });
  kernel<{ begin: number[]; size: number[] }>('Slice', ({ x }, { begin, size }) => {
    const shaped = { shape: [...x.shape] } as Parameters<typeof tf.slice_util.parseSliceParams>[0];
    const [start, extent] = tf.slice_util.parseSliceParams(shaped, begin, size);
    tf.slice_util.assertParamsValid(shaped, start, extent);
    return slice(x, start, extent);
  });
  kernel<{ numOrSizeSplits: number | number[]; axis: number }>('SplitV', ({ x }, { numOrSizeSplits, axis }) => {
    const [at] = normalizeAxes(axis, x.shape.length);
    const shaped = { shape: [...x.shape] } as Parameters<typeof tf.backend_util.prepareSplitSize>[0];
    return split(x, tf.backend_util.prepareSplitSize(shaped, numOrSizeSplits, at), at);
  });
  kernel<{ reps: number[] }>('Tile', ({ x }, { reps }) =>
    apply(
      'Tile',
      [x, staticInts(reps)],
      x.type,
      x.shape.map((n, i) => n * reps[i]),
    ),
  );
  kernel<{ shape: number[] }>('BroadcastTo', ({ x }, { shape }) => expand(x, shape));
  kernel<{ paddings: [number, number][]; constantValue: number }>('PadV2', ({ x }, { paddings, constantValue }) => {
    const pads = staticInts([...paddings.map(([before]) => before), ...paddings.map(([, after]) => after)]);
    const shape = x.shape.map((n, i) => n + paddings[i][0] + paddings[i][1]);
    return apply('Pad', [x, pads, scalarOf(constantValue, x.type as DType)], x.type, shape);
  });
  kernel<{ shape: number[]; value: number; dtype: DType }>('Fill', (_, { shape, value, dtype }) =>
    expand(scalarOf(value, dtype), shape),
  );
  kernel('ZerosLike', ({ x }) => expand(scalarOf(0, x.type as DType), x.shape));
  kernel('OnesLike', ({ x }) => expand(scalarOf(1, x.type as DType), x.shape));
  kernel<{ start: number; stop: number; step: number; dtype: DType }>('Range', (_, { start, stop, step, dtype }) => {
    // tfjs counts down by one when only the bounds ask for it, and gives nothing where bounds and step disagree.
    const empty = start === stop || (start < stop && step < 0) || (stop < start && step > 1);
    const length = empty ? 0 : Math.abs(Math.ceil((stop - start) / step));
    const stride = step === 1 && stop < start ? -1 : step;
    const values = Array.from({ length }, (_item, i) => start + i * stride);
    const data = dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values);
    return new Value(dtype, [length], { kind: 'host', data });
  });
  kernel<{ axis: number; batchDims: number }>('GatherV2', ({ x, indices }, { axis, batchDims }) =>
    gather(x, indices, axis, batchDims),
  );
  // Not ONNX's OneHot: there a negative index counts from the end, here it selects nothing.
  kernel<{ depth: number; onValue: number; offValue: number; dtype: DType }>(
    'OneHot',
    ({ indices }, { depth, onValue, offValue, dtype }) => {
      const classes = staticInt32(
        new Int32Array(depth).map((_, i) => i),
        [depth],
      );
      const column = reshape(indices, [...indices.shape, 1]);
      const shape = [...indices.shape, depth];
      const hit = apply('Equal', [column, classes], 'bool', shape);
      return apply('Where', [hit, scalarOf(onValue, dtype), scalarOf(offValue, dtype)], dtype, shape);
    },
  );
}
