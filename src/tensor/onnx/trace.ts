import type { DType, HostTensor } from '../host-tensor.js';
import type { ProgramFunction, Signature } from '../program.js';
import { cloned, tf, type Tensor } from '../tfjs.js';
import { lazyBackend, trackedTensor } from './backend.js';
import { Value } from './graph.js';
import { linearize } from './linearize.js';
import { explainMissingKernel } from './missing-kernel.js';
import { Session } from './session.js';

/** A program traced into one ONNX graph. */
export interface TracedProgram {
  run(inputs: Readonly<Record<string, HostTensor>>): Record<string, HostTensor>;
  dispose(): void;
}

/**
 * Runs `fn` once on placeholders and compiles the graph it leaves. Tensors that `fn` captures from outside keep the
 * value they have now.
 *
 * @param keepMemory see `CompileOptions`
 */
export function trace(fn: ProgramFunction, signature: Signature, keepMemory: boolean): TracedProgram {
  const backend = lazyBackend();
  const placeholders = Object.entries(signature).map(
    ([name, { dtype, shape }]) =>
      [name, trackedTensor(new Value(dtype, [...shape], { kind: 'placeholder', name }))] as const,
  );
  let outputs: readonly (readonly [name: string, value: Value])[];
  try {
    const tensors: Record<string, Tensor> = tf.tidy(() => cloned(fn(Object.fromEntries(placeholders))));
    outputs = Object.entries(tensors).map(([name, tensor]) => [name, backend.valueBehind(tensor)]);
    tf.dispose(Object.values(tensors));
  } catch (error) {
    throw explainMissingKernel(error);
  } finally {
    tf.dispose(placeholders.map(([, tensor]) => tensor));
  }
  const graph = linearize(
    outputs.map(([, value]) => value),
    true,
  );
  const session = new Session(graph, keepMemory).capture(graph);
  // Only shapes and types are kept: the values hold the whole graph.
  const results = outputs.map(([name, { shape, type }]) => ({ name, shape, dtype: type as DType }));
  return {
    run(inputs) {
      const arrays = session.run(Object.fromEntries(Object.entries(inputs).map(([name, { data }]) => [name, data])));
      return Object.fromEntries(
        results.map(({ name, shape, dtype }, i) => [name, { data: arrays[i] as HostTensor['data'], shape, dtype }]),
      );
    },
    dispose: () => session.dispose(),
  };
}
