import type { Activation, TracePass } from './recorder.js';
import { float32, size } from './host-arrays.js';
import type { HostTensor } from '../tensor/index.js';
import type { ThoughtTrace } from './trace.js';

/**
 * The traces of several batches as one: what a single batch of all prompts would leave, to rounding. Shorter batches get
 * more padding before their prompts: zeros in activations, -1 as token, 0 as position.
 *
 * @param traces at least one, of the same model, thoughts, suffix length and selected activations; in the order of the items
 */
export function joinTraces(traces: readonly ThoughtTrace[]): ThoughtTrace {
  if (traces.length === 1) return traces[0];
  const [first] = traces;
  const lengths = traces.map(({ passes }) => passes[0].tokens.shape[1]);
  const longest = Math.max(...lengths);
  const names = [...first.activations.keys()];
  return {
    thoughts: stack(traces.map(({ thoughts }) => thoughts)),
    thoughtLogits:
      first.thoughtLogits === undefined
        ? undefined
        : stack(traces.map(({ thoughtLogits }) => thoughtLogits ?? float32([0]))),
    nextLogits: stack(traces.map(({ nextLogits }) => nextLogits)),
    activations: new Map(
      names.map((name): [string, Activation] => {
        const parts = traces.map(({ activations }) => activations.get(name) as Activation);
        return [name, { ...stack(parts), axes: parts[0].axes }];
      }),
    ),
    passes: first.passes.map((_, pass) => joinPass(traces.map(({ passes }) => passes[pass]))),
    padding: traces.flatMap(({ padding }, i) => padding.map((own) => own + longest - lengths[i])),
  };
}

function joinPass(passes: readonly TracePass[]): TracePass {
  return {
    pass: passes[0].pass,
    start: Math.max(...passes.map(({ start }) => start)),
    tokens: stack(
      passes.map(({ tokens }) => tokens),
      -1,
    ),
    positions: stack(passes.map(({ positions }) => positions)),
  };
}

/** Joins along the first axis; along all others shorter arrays are filled up at the front. */
function stack(parts: readonly HostTensor[], fill = 0): HostTensor {
  const [{ dtype }] = parts;
  const inner = parts[0].shape.slice(1).map((_, i) => Math.max(...parts.map(({ shape }) => shape[i + 1])));
  const rows = parts.reduce((sum, { shape }) => sum + shape[0], 0);
  const shape = [rows, ...inner];
  const data = new { float32: Float32Array, int32: Int32Array, bool: Uint8Array }[dtype](size(shape)).fill(fill);
  let at = 0;
  for (const part of parts) {
    copyInto(part, data, at, inner);
    at += part.shape[0] * size(inner);
  }
  return { data, shape, dtype };
}

/** Copies an array to the far end of every axis of a larger one. @param inner sizes of the larger one's axes after the first */
function copyInto({ data, shape }: HostTensor, into: HostTensor['data'], from: number, inner: readonly number[]): void {
  const run = shape[shape.length - 1];
  const runs = size(shape) / Math.max(1, run);
  for (let i = 0; i < runs; i++) {
    let rest = i;
    let at = inner.length === 0 ? 0 : inner[inner.length - 1] - run;
    let stride = inner.length === 0 ? 1 : inner[inner.length - 1];
    for (let axis = shape.length - 2; axis >= 0; axis--) {
      const index = rest % shape[axis];
      rest = Math.floor(rest / shape[axis]);
      const offset = axis === 0 ? 0 : inner[axis - 1] - shape[axis];
      at += (index + offset) * stride;
      stride *= axis === 0 ? 1 : inner[axis - 1];
    }
    into.set(data.subarray(i * run, (i + 1) * run), from + at);
  }
}
