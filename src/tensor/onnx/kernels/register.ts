import { tf } from '../../tfjs.js';
import { BACKEND_NAME, lazyBackend } from '../backend.js';
import { DATA_TYPE, Value, apply, int, staticInts, type ElementType } from '../graph.js';

/** A kernel's attributes as tfjs passes them; each kernel states what it reads. */
export type Attributes = Readonly<Record<string, unknown>>;

/** Inputs by name. For kernels that take a list (AddN, Concat, Pack) the names are '0', '1', ... */
export type Inputs = Readonly<Record<string, Value>>;

/**
 * Registers a kernel: a function from graph values to graph values. It computes nothing.
 *
 * @param name tfjs's kernel name
 */
export function kernel<A = Attributes>(name: string, build: (inputs: Inputs, attributes: A) => Value | Value[]): void {
  tf.registerKernel({
    kernelName: name,
    backendName: BACKEND_NAME,
    kernelFunc: ({ inputs, attrs }) => {
      const lazy = lazyBackend();
      const values: Record<string, Value> = {};
      for (const [key, info] of Object.entries(inputs)) if (info !== undefined) values[key] = lazy.valueBehind(info);
      const result = build(values, (attrs ?? {}) as A);
      return Array.isArray(result) ? result.map((value) => lazy.tensorOf(value)) : lazy.tensorOf(result);
    },
  });
}

/** A clone shares the data of its original; tfjs counts the references. */
export function registerIdentity(): void {
  tf.registerKernel({
    kernelName: 'Identity',
    backendName: BACKEND_NAME,
    kernelFunc: ({ inputs: { x } }) => {
      if (x === undefined) throw new Error('Identity: no input');
      lazyBackend().incRef(x.dataId);
      return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
    },
  });
}

export function cast(x: Value, type: ElementType): Value {
  if (x.type === type) return x;
  return apply('Cast', [x], type, x.shape, { to: int(DATA_TYPE[type]) });
}

/** The same elements in another shape; a host array is shared, not copied. */
export function reshape(x: Value, shape: readonly number[]): Value {
  if (x.shape.join() === shape.join()) return x;
  if (x.source.kind === 'host' || x.source.kind === 'static') return new Value(x.type, shape, x.source);
  // In ONNX a 0 otherwise means the input's own length.
  return apply('Reshape', [x, staticInts(shape)], x.type, shape, { allowzero: int(1) });
}

/** `replacement` where x is NaN, elsewhere `otherwise`. */
export function whereNan(x: Value, replacement: Value, otherwise: Value): Value {
  return apply(
    'Where',
    [apply('IsNaN', [x], 'bool', x.shape), replacement, otherwise],
    otherwise.type,
    otherwise.shape,
  );
}

/** A scalar repeated to a shape. */
export function expand(scalar: Value, shape: readonly number[]): Value {
  return shape.length === 0 ? scalar : apply('Expand', [scalar, staticInts(shape)], scalar.type, shape);
}

/** The shape that values broadcast to. */
export function broadcast(...values: Value[]): number[] {
  return values.reduce<number[]>(
    (shape, value) => tf.broadcast_util.assertAndGetBroadcastShape(shape, [...value.shape]),
    [],
  );
}

/** Axes as non-negative numbers, ascending; none given means all, as in tfjs. */
export function normalizeAxes(axis: number | readonly number[] | null | undefined, rank: number): number[] {
  const given = axis === undefined || axis === null ? Array.from({ length: rank }, (_, i) => i) : [axis].flat();
  return tf.util.parseAxisParam(given, Array<number>(rank).fill(1)).sort((a, b) => a - b);
}
