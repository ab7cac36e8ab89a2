import {
  apply,
  applyAll,
  int,
  ints,
  sizeOf,
  staticInt32,
  staticInts,
  staticScalar,
  text,
  type Value,
} from '../graph.js';
import { cast, expand, kernel, normalizeAxes, reshape, whereNan } from './register.js';

interface ReduceAttributes {
  axis?: number | number[];
  reductionIndices?: number | number[];
  keepDims?: boolean;
}

/** Reduces `x` over `axes` with an operator that takes them as an attribute. */
function reduce(op: string, x: Value, axes: number[], keepDims: boolean): Value {
  const kept = x.shape.map((n, i) => (axes.includes(i) ? 1 : n));
  const shape = keepDims ? kept : x.shape.filter((_, i) => !axes.includes(i));
  if (axes.length === 0) return x;
  // In operator set 17 only ReduceSum takes its axes as an input.
  if (op === 'ReduceSum') return apply(op, [x, staticInts(axes)], x.type, shape, { keepdims: int(keepDims ? 1 : 0) });
  return apply(op, [x], x.type, shape, { axes: ints(axes), keepdims: int(keepDims ? 1 : 0) });
}

function reduction(name: string, op: string, prepare: (x: Value) => Value = (x) => x): void {
  kernel<ReduceAttributes>(name, ({ x }, { axis, keepDims = false }) =>
    reduce(op, prepare(x), normalizeAxes(axis, x.shape.length), keepDims),
  );
}

/** ONNX Runtime's maximum and minimum skip NaN; hiding one would be a wrong number. */
function extremum(name: string, op: string): void {
  kernel<ReduceAttributes>(name, ({ x }, { axis, reductionIndices, keepDims = false }) => {
    const axes = normalizeAxes(axis ?? reductionIndices, x.shape.length);
    const result = reduce(op, numeric(x), axes, keepDims);
    if (x.type !== 'float32' || axes.length === 0) return result;
    const nan = cast(apply('IsNaN', [x], 'bool', x.shape), 'float32');
    const any = cast(reduce('ReduceMax', nan, axes, keepDims), 'bool');
    return apply('Where', [any, staticScalar(NaN, 'float32'), result], 'float32', result.shape);
  });
}

const numeric = (x: Value): Value => (x.type === 'bool' ? cast(x, 'int32') : x);

/** The first position of the largest or smallest element; NaN is never it, as in tfjs. */
function argument(name: string, op: string, worst: number): void {
  kernel<{ axis: number }>(name, ({ x }, { axis }) => {
    const [dimension] = normalizeAxes(axis, x.shape.length);
    const shape = x.shape.filter((_, i) => i !== dimension);
    const candidates = x.type === 'float32' ? whereNan(x, staticScalar(worst, 'float32'), x) : numeric(x);
    const index = apply(op, [candidates], 'int64', shape, { axis: int(dimension), keepdims: int(0) });
    return cast(index, 'int32');
  });
}

export function registerReductions(): void {
  reduction('Sum', 'ReduceSum', numeric);
  reduction('Mean', 'ReduceMean', (x) => cast(x, 'float32'));
  extremum('Max', 'ReduceMax');
  extremum('Min', 'ReduceMin');
  kernel<ReduceAttributes>('All', ({ x }, { axis, keepDims = false }) =>
    cast(reduce('ReduceMin', cast(x, 'int32'), normalizeAxes(axis, x.shape.length), keepDims), 'bool'),
  );
  kernel<ReduceAttributes>('Any', ({ x }, { axis, keepDims = false }) =>
    // A sum, since the maximum of nothing is not 0.
    cast(reduce('ReduceSum', cast(cast(x, 'bool'), 'int32'), normalizeAxes(axis, x.shape.length), keepDims), 'bool'),
  );
  argument('ArgMax', 'ArgMax', -Infinity);
  argument('ArgMin', 'ArgMin', Infinity);

  kernel<{ dim: number }>('Softmax', ({ logits }, { dim }) =>
    apply('Softmax', [cast(logits, 'float32')], 'float32', logits.shape, { axis: int(dim) }),
  );
  kernel<{ axis: number }>('LogSoftmax', ({ logits }, { axis }) =>
    apply('LogSoftmax', [cast(logits, 'float32')], 'float32', logits.shape, { axis: int(axis) }),
  );
  kernel<{ axis: number; exclusive: boolean; reverse: boolean }>('Cumsum', ({ x }, { axis, exclusive, reverse }) =>
    apply('CumSum', [numeric(x), staticScalar(axis, 'int32')], numeric(x).type, x.shape, {
      exclusive: int(exclusive ? 1 : 0),
      reverse: int(reverse ? 1 : 0),
    }),
  );
  // Always sorted: `sorted: false` allows any order, and ONNX Runtime breaks ties by index only when it sorts.
  kernel<{ k: number }>('TopK', ({ x }, { k }) => {
    const shape = [...x.shape.slice(0, -1), k];
    const outputs = [
      { type: x.type, shape },
      { type: 'int64', shape },
    ] as const;
    const [values, indices] = applyAll('TopK', [x, staticInts([k])], outputs);
    return [values, cast(indices, 'int32')];
  });
  kernel<{ numSegments: number }>('UnsortedSegmentSum', ({ x, segmentIds }, { numSegments }) =>
    unsortedSegmentSum(x, segmentIds, numSegments),
  );
}

/**
 * Adds the rows of x [n, ...] whose id is s into row s of the result: the gradient of an embedding. A product with the
 * one-hot matrix while that is small (its cost grows with numSegments), a serial scatter beyond.
 */
function unsortedSegmentSum(x: Value, segmentIds: Value, numSegments: number): Value {
  const rows = sizeOf(segmentIds.shape);
  const width = sizeOf(x.shape.slice(segmentIds.shape.length));
  const flat = reshape(x, [rows, width]);
  const shape = [numSegments, ...x.shape.slice(segmentIds.shape.length)];
  const ids = reshape(segmentIds, [rows, 1]);
  if (x.type === 'float32' && numSegments <= ONE_HOT_LIMIT) {
    const classes = staticInt32(
      new Int32Array(numSegments).map((_, i) => i),
      [1, numSegments],
    );
    const oneHot = cast(apply('Equal', [ids, classes], 'bool', [rows, numSegments]), 'float32');
    return reshape(apply('Gemm', [oneHot, flat], 'float32', [numSegments, width], { transA: int(1) }), shape);
  }
  const zeros = expand(staticScalar(0, x.type === 'int32' ? 'int32' : 'float32'), [numSegments, width]);
  const indices = apply('Expand', [cast(ids, 'int64'), staticInts([rows, width])], 'int64', [rows, width]);
  const sums = apply('ScatterElements', [zeros, indices, flat], x.type, [numSegments, width], {
    axis: int(0),
    reduction: text('add'),
  });
  return reshape(sums, shape);
}

const ONE_HOT_LIMIT = 1024;
