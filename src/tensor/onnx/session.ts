/**
 * The one place that names onnxruntime-node.
 *
 * Its public API is asynchronous only in form: `run` waits for the same synchronous native call. That call is used
 * directly here, because tfjs's `dataSync` (and with it a hook that looks at a value) cannot wait. onnxruntime-node is
 * pinned to an exact version for this reason; tests/tensor/onnx/session.test.ts holds the contract.
 */
import { binding, initOrt } from 'onnxruntime-node/dist/binding.js';
import { Tensor } from 'onnxruntime-node';
import { availableParallelism } from 'node:os';
import { LensError } from '../../errors.js';
import { disableTelemetry } from '../../telemetry.js';
import { sizeOf, type HostArray, type Value } from './graph.js';
import { linearize, type LinearGraph, type Named } from './linearize.js';
import { serialize } from './serialize.js';

/** Threads a session computes with: one per core, or COCONUT_LENS_THREADS. */
export function threadCount(): number {
  const asked = process.env['COCONUT_LENS_THREADS'];
  if (asked === undefined || asked === '') return availableParallelism();
  const threads = Number(asked);
  if (!Number.isInteger(threads) || threads < 1)
    throw new LensError(
      'COCONUT_LENS_THREADS',
      `not a positive integer (${asked})`,
      'unset it or give a number of threads',
      'usage',
    );
  return threads;
}

/** A graph made ready to run. Holds native memory until `dispose`. */
export class Session {
  readonly #native: InstanceType<typeof binding.InferenceSession>;
  readonly #outputs: Record<string, null>;
  /** Tensors that are the same at every run: the larger arrays captured by a program. */
  readonly #captured: Record<string, Tensor> = {};
  readonly #placeholders: readonly Named[];
  readonly #outputCount: number;

  /**
   * @param graph what to run
   * @param keepMemory see `CompileOptions`
   * @param model its serialised form, if the caller already has it
   * @throws LensError if ONNX Runtime refuses the graph: a defect of a kernel in this folder
   */
  constructor(graph: LinearGraph, keepMemory: boolean, model: Uint8Array = serialize(graph)) {
    disableTelemetry();
    initOrt();
    // Not the graph itself: it would keep the host arrays of its leaves alive.
    this.#placeholders = graph.inputs.filter(({ value }) => value.source.kind === 'placeholder');
    this.#outputCount = graph.outputs.length;
    this.#native = new binding.InferenceSession();
    const options = {
      graphOptimizationLevel: 'all',
      intraOpNumThreads: threadCount(),
      interOpNumThreads: 1,
      // Threads that wait by spinning take the cores from this program's own work between two runs: a battery takes twice as long.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
      executionMode: 'sequential',
      enableCpuMemArena: keepMemory,
      enableMemPattern: keepMemory,
      // What goes wrong is thrown; ONNX Runtime would print it as well.
      logSeverityLevel: 4,
    } as const;
    try {
      this.#native.loadModel(model.buffer as ArrayBuffer, model.byteOffset, model.byteLength, options);
    } catch (error) {
      throw new LensError(
        'onnxruntime',
        `refused a traced program (${(error as Error).message})`,
        'please report it',
        'failure',
        error,
      );
    }
    this.#outputs = Object.fromEntries(graph.outputs.map((_, i) => [`o${i}`, null]));
  }

  /** Keeps the arrays in the host leaves of `graph` as inputs of every later `run`. */
  capture(graph: LinearGraph): this {
    Object.assign(this.#captured, hostFeeds(graph));
    return this;
  }

  /**
   * @param placeholders name -> array, for a traced program
   * @returns one array per output, in the order of the graph's outputs
   */
  run(placeholders: Readonly<Record<string, HostArray>> = {}): HostArray[] {
    const feeds: Record<string, Tensor> = { ...this.#captured };
    for (const { name, value } of this.#placeholders) {
      if (value.source.kind === 'placeholder') feeds[name] = toOrt(value, placeholders[value.source.name]);
    }
    return this.#call(feeds);
  }

  /** Runs the same model on another graph of the same structure: its host leaves are the inputs. */
  runOn(graph: LinearGraph): HostArray[] {
    return this.#call(hostFeeds(graph));
  }

  dispose(): void {
    this.#native.dispose();
  }

  #call(feeds: Record<string, Tensor>): HostArray[] {
    const results = this.#native.run(feeds, this.#outputs, { logSeverityLevel: 4 }) as Record<string, Tensor>;
    return Array.from({ length: this.#outputCount }, (_, i) => results[`o${i}`].data as HostArray);
  }
}

function hostFeeds(graph: LinearGraph): Record<string, Tensor> {
  const feeds: Record<string, Tensor> = {};
  for (const { name, value } of graph.inputs) {
    if (value.source.kind === 'host') feeds[name] = toOrt(value, value.source.data);
  }
  return feeds;
}

function toOrt(value: Value, data: HostArray): Tensor {
  if (data.length !== sizeOf(value.shape))
    throw new Error(`session: ${data.length} elements for shape [${value.shape.join()}]`);
  return new Tensor(value.type, data, value.shape);
}

/** Models that lazy evaluation has met, most recent last: an evaluation repeated with other numbers reuses its session. */
const recent = new Map<string, Session>();
const RECENT_LIMIT = 32;

/** Computes `values` now; they become host arrays and let go of the graph behind them. */
export function evaluateNow(values: readonly Value[]): void {
  const pending = [...new Set(values)].filter((value) => value.source.kind === 'node');
  if (pending.length === 0) return;
  const graph = linearize(pending, false);
  const model = serialize(graph);
  const key = Buffer.from(model.buffer, model.byteOffset, model.byteLength).toString('latin1');
  const session = recent.get(key) ?? new Session(graph, false, model);
  recent.delete(key);
  recent.set(key, session);
  if (recent.size > RECENT_LIMIT) {
    const [oldest, stale] = recent.entries().next().value as [string, Session];
    stale.dispose();
    recent.delete(oldest);
  }
  const results = session.runOn(graph);
  pending.forEach((value, i) => {
    value.source = { kind: 'host', data: results[i] };
  });
}
