/** What an element of an array is. */
export type DType = 'float32' | 'int32' | 'bool';

/** An n-dimensional array in ordinary memory, row-major. `bool` is stored one byte an element. */
export interface HostTensor {
  readonly data: Float32Array | Int32Array | Uint8Array;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** What a program expects of one input. */
export interface TensorSpec {
  readonly shape: readonly number[];
  readonly dtype: DType;
}
