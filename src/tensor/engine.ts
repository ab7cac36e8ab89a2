import { LensError } from '../errors.js';
import type { DType, HostTensor } from './host-tensor.js';
import type { Program, ProgramFunction, Signature } from './program.js';
import { tf, type Tensor } from './tfjs.js';

export const ENGINE_NAMES = ['onnxruntime', 'tfjs-gpu', 'tfjs-node', 'cpu'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** The engine in use, for provenance: its name, its version, and how many threads it computes with. */
export interface EngineInfo {
  readonly name: EngineName;
  readonly version: string;
  readonly threads: number;
}

/** Provisional: only `cpu`. */
export async function useEngine(_name?: EngineName): Promise<EngineInfo> {
  await tf.setBackend('cpu');
  return { name: 'cpu', version: tf.version['tfjs-core'], threads: 1 };
}

export function toTensor(host: HostTensor): Tensor {
  return tf.tensor(host.data, [...host.shape], host.dtype);
}

export async function toHost(tensor: Tensor): Promise<HostTensor> {
  const data = (await tensor.data()) as HostTensor['data'];
  return { data, shape: tensor.shape, dtype: tensor.dtype as DType };
}

/** Makes `fn` ready to run on the engine in use. Provisional: eager. */
export async function compile(fn: ProgramFunction, _signature: Signature): Promise<Program> {
  await tf.ready();
  return { run: (inputs) => evaluate(fn, inputs), dispose: () => undefined };
}

/**
 * Runs `fn` once without compiling: its operations may be interleaved with reads of values (hooks that look at what
 * they are given). On `onnxruntime` a read runs the graph that leads to the tensor read.
 */
export async function evaluate(
  fn: ProgramFunction,
  inputs: Readonly<Record<string, HostTensor>>,
): Promise<Record<string, HostTensor>> {
  const tensors = Object.fromEntries(Object.entries(inputs).map(([name, host]) => [name, toTensor(host)]));
  const outputs = tf.tidy(() => fn(tensors));
  try {
    const names = Object.keys(outputs);
    const hosts = await Promise.all(names.map((name) => toHost(outputs[name])));
    return Object.fromEntries(names.map((name, i) => [name, hosts[i]]));
  } catch (error) {
    throw new LensError('engine', String(error));
  } finally {
    tf.dispose(Object.values(tensors));
    tf.dispose(Object.values(outputs));
  }
}
