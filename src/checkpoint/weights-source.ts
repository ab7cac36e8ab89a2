import type { TensorKind } from './gpt2-check.js';
import type { StoredTensor } from './safetensors-reader.js';

/** What one pass over the weights gives. */
export interface WeightsContent {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** SHA-256, in hexadecimal, of the file; of weights in parts, of the list of the parts' own (`ShardedSafetensors`). */
  readonly sha256: string;
}

/** Named tensors in one file or several, whose names and shapes are known and whose data can be read. Close it. */
export interface WeightsSource {
  /** The file, or the index of several; for messages. */
  readonly path: string;
  readonly format: 'safetensors' | 'sharded safetensors' | 'torch';
  readonly tensors: ReadonlyMap<string, TensorKind>;
  /** Reads the wanted tensors. @throws LensError if the data cannot be read or are damaged */
  readAll(wanted: (name: string) => boolean): Promise<WeightsContent>;
  /** Closes every file; nothing can be read afterwards. */
  close(): Promise<void>;
}
