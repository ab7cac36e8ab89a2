import { LensError } from '../errors.js';
import { turnEventLoop } from '../event-loop.js';
import { ensureEngine } from './engine.js';
import type { DType, HostTensor } from './host-tensor.js';
import { evaluateNow } from './onnx/session.js';
import { LazyBackend } from './onnx/backend.js';
import { explainMissingKernel } from './onnx/missing-kernel.js';
import { trace } from './onnx/trace.js';
import type { CompileOptions, Program, ProgramFunction, Signature } from './program.js';
import { cloned, tf, type Tensor } from './tfjs.js';

type Inputs = Readonly<Record<string, HostTensor>>;
type Outputs = Record<string, HostTensor>;

/** What a program needs of an engine. */
interface Prepared {
  run(inputs: Inputs): Outputs | Promise<Outputs>;
  dispose(): void;
}

interface Shared {
  readonly prepared: Prepared;
  users: number;
}

/** Programs by function, engine and signature, shared while somebody holds them. */
const programs = new WeakMap<ProgramFunction, Map<string, Shared>>();

/**
 * Makes `fn` ready to run on the engine in use: on `onnxruntime` it is traced once into a native graph, elsewhere it
 * runs operation by operation. Compiling the same function for the same signature again shares the graph.
 *
 * @throws LensError if `fn` reads a value while it is traced, or uses a kernel that the engine lacks
 */
export async function compile(
  fn: ProgramFunction,
  signature: Signature,
  { keepMemory = false }: CompileOptions = {},
): Promise<Program> {
  const { name } = await ensureEngine();
  const key = `${name} ${keepMemory} ${JSON.stringify(Object.entries(signature).sort(([a], [b]) => (a < b ? -1 : 1)))}`;
  const bySignature = programs.get(fn) ?? new Map<string, Shared>();
  programs.set(fn, bySignature);
  const shared = bySignature.get(key) ?? { prepared: prepare(fn, signature, keepMemory), users: 0 };
  bySignature.set(key, shared);
  shared.users++;

  let disposed = false;
  return {
    async run(inputs) {
      await turnEventLoop();
      if (disposed) throw new LensError('program', 'was disposed', 'compile it again');
      check(signature, inputs);
      return shared.prepared.run(inputs);
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      shared.users--;
      if (shared.users > 0) return;
      shared.prepared.dispose();
      bySignature.delete(key);
    },
  };
}

function prepare(fn: ProgramFunction, signature: Signature, keepMemory: boolean): Prepared {
  if (tf.backend() instanceof LazyBackend) return trace(fn, signature, keepMemory);
  const compiledOn = tf.getBackend();
  return {
    run(inputs) {
      if (tf.getBackend() !== compiledOn)
        throw new LensError('program', `was compiled on another engine (${compiledOn})`, 'compile it again');
      return runProgram(fn, inputs);
    },
    dispose: () => undefined,
  };
}

/**
 * Runs `fn` once without compiling, so that it may read values between its operations (hooks do). On `onnxruntime` a
 * read runs the graph that leads to the tensor read.
 */
export async function runProgram(
  fn: ProgramFunction,
  inputs: Readonly<Record<string, HostTensor>>,
): Promise<Record<string, HostTensor>> {
  await turnEventLoop();
  await ensureEngine();
  const tensors = Object.fromEntries(
    Object.entries(inputs).map(([name, { data, shape, dtype }]) => [name, tf.tensor(data, [...shape], dtype)]),
  );
  let outputs: Record<string, Tensor> = {};
  try {
    outputs = tf.tidy(() => cloned(fn(tensors)));
    const backend = tf.backend();
    const lazy = backend instanceof LazyBackend;
    // One run for all outputs; read one by one they would repeat what they share.
    if (lazy) evaluateNow(Object.values(outputs).map((tensor) => backend.valueBehind(tensor)));
    const hosts: Outputs = {};
    for (const [name, tensor] of Object.entries(outputs)) {
      const data = await tensor.data<'float32' | 'int32' | 'bool'>();
      // The lazy backend gives a copy; others may give the tensor's own array, which an input or another output shares.
      hosts[name] = { data: lazy ? data : data.slice(), shape: tensor.shape, dtype: tensor.dtype as DType };
    }
    return hosts;
  } catch (error) {
    throw explainMissingKernel(error);
  } finally {
    tf.dispose(Object.values(tensors));
    tf.dispose(Object.values(outputs));
  }
}

function check(signature: Signature, inputs: Inputs): void {
  const problems: string[] = [];
  for (const [name, { shape, dtype }] of Object.entries(signature)) {
    if (!Object.hasOwn(inputs, name)) {
      problems.push(`input '${name}' is missing`);
      continue;
    }
    const given = inputs[name];
    if (given.dtype !== dtype || given.shape.join() !== shape.join())
      problems.push(
        `input '${name}' is ${given.dtype} [${given.shape.join(', ')}], not ${dtype} [${shape.join(', ')}]`,
      );
    else if (given.data.length !== shape.reduce((a, b) => a * b, 1))
      problems.push(`input '${name}' has ${given.data.length} elements for shape [${shape.join(', ')}]`);
  }
  for (const name of Object.keys(inputs))
    if (!Object.hasOwn(signature, name)) problems.push(`input '${name}' is unknown`);
  if (problems.length > 0) throw new LensError('program', problems.join(', '), 'give what the signature names');
}
