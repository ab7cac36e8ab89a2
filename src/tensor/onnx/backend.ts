import { LensError } from '../../errors.js';
import type { DType } from '../host-tensor.js';
import { tf, type Tensor } from '../tfjs.js';
import { Value, type HostArray } from './graph.js';
import { evaluateNow } from './session.js';

export const BACKEND_NAME = 'onnxruntime';

interface Entry {
  value: Value;
  refCount: number;
}

type DataId = object;

/** A tensor as kernels see it. */
export interface TensorInfo {
  readonly dataId: DataId;
  readonly shape: number[];
  readonly dtype: tf.DataType;
}

/**
 * A lazy tfjs backend. Its kernels append operators to a graph and compute nothing; reading a tensor runs the part of
 * the graph that leads to it. While a program is traced its inputs are placeholders, and reading what depends on
 * them is an error.
 */
export class LazyBackend extends tf.KernelBackend {
  readonly #data = new tf.DataStorage<Entry>(this, tf.engine());

  /** The graph value behind a tensor. */
  valueBehind(tensor: { readonly dataId: DataId }): Value {
    return this.#data.get(tensor.dataId).value;
  }

  /** A tensor for a graph value; `dtype` and shape are the value's. */
  tensorOf(value: Value): TensorInfo {
    const dataId = {};
    this.#data.set(dataId, { value, refCount: 1 });
    return { dataId, shape: [...value.shape], dtype: value.type as DType };
  }

  override write(values: tf.backend_util.BackendValues, shape: number[], dtype: tf.DataType): DataId {
    return this.tensorOf(new Value(elementType(dtype), [...shape], { kind: 'host', data: hostArray(values, dtype) }))
      .dataId;
  }

  override move(
    dataId: DataId,
    values: tf.backend_util.BackendValues,
    shape: number[],
    dtype: tf.DataType,
    refCount: number,
  ): void {
    const value = new Value(elementType(dtype), [...shape], { kind: 'host', data: hostArray(values, dtype) });
    this.#data.set(dataId, { value, refCount });
  }

  override readSync(dataId: DataId): tf.backend_util.BackendValues {
    // A copy: whoever reads may write into it, and the value may yet be an operand.
    return readValue(this.#data.get(dataId).value).slice() as tf.TypedArray;
  }

  override read(dataId: DataId): Promise<tf.backend_util.BackendValues> {
    return new Promise((resolve) => resolve(this.readSync(dataId)));
  }

  override refCount(dataId: DataId): number {
    return this.#data.has(dataId) ? this.#data.get(dataId).refCount : 0;
  }

  override incRef(dataId: DataId): void {
    this.#data.get(dataId).refCount++;
  }

  override disposeData(dataId: DataId, force = false): boolean {
    if (!this.#data.has(dataId)) return true;
    const entry = this.#data.get(dataId);
    entry.refCount--;
    if (!force && entry.refCount > 0) return false;
    this.#data.delete(dataId);
    return true;
  }

  override numDataIds(): number {
    return this.#data.numDataIds();
  }

  override memory(): { unreliable: boolean; reasons: string[] } {
    return { unreliable: true, reasons: ['tensors are lazy: what is not yet computed takes no memory'] };
  }

  override time(f: () => void): Promise<tf.BackendTimingInfo> {
    const start = performance.now();
    f();
    return Promise.resolve({ kernelMs: performance.now() - start });
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override dispose(): void {
    // Data are released tensor by tensor; sessions belong to programs.
  }
}

/**
 * The array behind a value, computed now if need be.
 *
 * @throws LensError if the value depends on an input of a program that is being traced
 */
export function readValue(value: Value): HostArray {
  const name = placeholderBehind(value);
  if (name !== undefined)
    throw new LensError(
      'compile',
      `the program reads a value that depends on its input '${name}', which has no value while the program is traced`,
      'return the tensor as an output and read it after run, or use evaluate() instead of compile()',
    );
  evaluateNow([value]);
  if (value.source.kind !== 'host' && value.source.kind !== 'static') throw new Error('readValue: not computed');
  return value.source.data;
}

/** The name of a placeholder that `value` depends on, if any. */
function placeholderBehind(value: Value): string | undefined {
  const seen = new Set<Value>();
  const stack = [value];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next.source.kind === 'placeholder') return next.source.name;
    if (next.source.kind === 'node')
      for (const input of next.source.node.inputs) if (input !== undefined) stack.push(input);
  }
  return undefined;
}

export function elementType(dtype: tf.DataType): DType {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype;
  throw new LensError(BACKEND_NAME, `dtype ${dtype} is not supported`, 'use float32, int32 or bool');
}

function hostArray(values: tf.backend_util.BackendValues | null, dtype: tf.DataType): HostArray {
  if (values === null) throw new Error('write: values are null');
  if (dtype === 'float32')
    return values instanceof Float32Array ? values : Float32Array.from(values as ArrayLike<number>);
  if (dtype === 'int32') return values instanceof Int32Array ? values : Int32Array.from(values as ArrayLike<number>);
  return values instanceof Uint8Array ? values : Uint8Array.from(values as ArrayLike<number>);
}

/** Registers the backend and selects it. */
export async function useLazyBackend(): Promise<void> {
  // tfjs's type does not say that there may be no such factory.
  const factory = tf.findBackendFactory(BACKEND_NAME) as (() => unknown) | null;
  if (factory === null) tf.registerBackend(BACKEND_NAME, () => new LazyBackend());
  await tf.setBackend(BACKEND_NAME);
}

/** The backend in use. */
export function lazyBackend(): LazyBackend {
  const backend = tf.backend();
  if (!(backend instanceof LazyBackend))
    throw new Error(`the backend in use is ${tf.getBackend()}, not ${BACKEND_NAME}`);
  return backend;
}

/** Makes a tensor that tfjs tracks from a graph value. */
export function trackedTensor(value: Value): Tensor {
  return tf.engine().makeTensorFromTensorInfo(lazyBackend().tensorOf(value));
}
