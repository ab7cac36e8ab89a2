import type { HostTensor, TensorSpec } from './host-tensor.js';
import type { Tensor } from './tfjs.js';

/** The inputs of a program: name -> shape and dtype. */
export type Signature = Readonly<Record<string, TensorSpec>>;

/** A pure function from named tensors to named tensors, written in `ops`. It must not read a value. */
export type ProgramFunction = (inputs: Readonly<Record<string, Tensor>>) => Record<string, Tensor>;

/** How a program is compiled. */
export interface CompileOptions {
  /**
   * Whether the program keeps its working memory between runs. A training step, which runs thousands of times, is 2.5
   * times as fast with it; a model whose programs serve many shapes would hold the working memory of each. Default
   * false. Affects `onnxruntime` only.
   */
  readonly keepMemory?: boolean;
}

/** A program made ready for one signature. */
export interface Program {
  /**
   * Runs the program. Input arrays are read, never changed or kept; output arrays are fresh.
   *
   * @throws LensError if an input is missing, unknown, or differs from the signature
   */
  run(inputs: Readonly<Record<string, HostTensor>>): Promise<Record<string, HostTensor>>;
  /** Frees what the engine holds for this program once nobody else holds the same one. Idempotent. */
  dispose(): void;
}
