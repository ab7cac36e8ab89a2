import { tf } from '../../tfjs.js';
import {
  Value,
  apply,
  applyAll,
  int,
  ints,
  staticInt32,
  staticInts,
  staticScalar,
  type ElementType,
} from '../graph.js';
import { broadcast, cast, expand, kernel, normalizeAxes, reshape, unsupported } from './register.js';

const scalarOf = (value: number, type: ElementType): Value => staticScalar(value, type === 'int64' ? 'int32' : type);

function concat(values: readonly Value[], axis: number): Value {
  const [dimension] = normalizeAxes(axis, values[0].shape.length);
  const length = values.reduce((sum, value) => sum + value.shape[dimension], 0);
  const shape = values[0].shape.map((n, i) => (i === dimension ? length : n));
  if (values.length === 1) return values[0];
  return apply('Concat', values, values[0].type, shape, { axis: int(dimension) });
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

export function registerLayout(): void {
  kernel<{ shape: number[] }>('Reshape', ({ x }, { shape }) =>
    reshape(x, tf.util.inferFromImplicitShape(shape, tf.util.sizeFromShape([...x.shape]))),
  );
  kernel<{ dim: number }>('ExpandDims', ({ input }, { dim }) => {
    const at = dim < 0 ? input.shape.length + dim + 1 : dim;
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
  kernel<{ shape: number[] }>('BroadcastTo', ({ x }, { shape }) =>
    expand(x, broadcast(x, { shape } as unknown as Value)),
  );
  kernel<{ paddings: [number, number][]; constantValue: number }>('PadV2', ({ x }, { paddings, constantValue }) => {
    const pads = staticInts([...paddings.map(([before]) => before), ...paddings.map(([, after]) => after)]);
    const shape = x.shape.map((n, i) => n + paddings[i][0] + paddings[i][1]);
    return apply('Pad', [x, pads, scalarOf(constantValue, x.type)], x.type, shape);
  });
  kernel<{ shape: number[]; value: number; dtype: ElementType }>('Fill', (_, { shape, value, dtype = 'float32' }) =>
    expand(scalarOf(value, dtype), shape),
  );
  kernel('ZerosLike', ({ x }) => expand(scalarOf(0, x.type), x.shape));
  kernel('OnesLike', ({ x }) => expand(scalarOf(1, x.type), x.shape));
  kernel<{ start: number; stop: number; step: number; dtype: ElementType }>(
    'Range',
    (_, { start, stop, step, dtype }) => {
      const length = start === stop || start < stop !== step > 0 ? 0 : Math.abs(Math.ceil((stop - start) / step));
      const values = Array.from({ length }, (_item, i) => start + i * step);
      const data = dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values);
      return new Value(dtype, [length], { kind: 'host', data });
    },
  );
  kernel<{ axis: number; batchDims: number }>('GatherV2', ({ x, indices }, { axis, batchDims = 0 }) => {
    if (batchDims !== 0) unsupported('GatherV2', `batchDims ${batchDims}`);
    const [at] = normalizeAxes(axis, x.shape.length);
    const shape = [...x.shape.slice(0, at), ...indices.shape, ...x.shape.slice(at + 1)];
    return apply('Gather', [x, cast(indices, 'int32')], x.type, shape, { axis: int(at) });
  });
  // Not ONNX's OneHot: there a negative index counts from the end, here it selects nothing.
  kernel<{ depth: number; onValue: number; offValue: number; dtype: ElementType }>(
    'OneHot',
    ({ indices }, { depth, onValue, offValue, dtype = 'int32' }) => {
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
