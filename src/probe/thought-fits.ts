import { WorkerPool, type PoolOptions } from '../parallel/index.js';
import { currentEngine } from '../tensor/index.js';
import type { CrossFit } from './cross-fit.js';
import { checkNodeLabels } from './cross-fit-nodes.js';
import { checkDesign, type Design } from './design.js';
import fitWork from './fit-work.js';
import { DEFAULT_FOLDS, groupFolds } from './folds.js';
import type { ProbeData } from './probe-data.js';
import type { ProbeOptions } from './run-node-probe.js';

/** A recording's thoughts, ready for node probes; all probes that read them share what is made of them. */
export interface ThoughtFits {
  /**
   * Cross-fits a node probe's labels on the thoughts of one number, 1..k. Fits wait in a queue.
   *
   * @param labels [items * nodes]: 1, 0, or -1 for a node that is not asked about
   * @throws LensError if the labels are of another length or of a single class; the reason of the signal
   */
  nodes(thought: number, labels: Int8Array): Promise<CrossFit>;
  /** Frees what engines and threads hold; fits that have not ended fail. */
  dispose(): Promise<void>;
}

/**
 * Makes a recording's thoughts ready; `dispose` when done.
 *
 * @param options `workers`: fits at a time, each in a thread of its own; on another engine than ONNX Runtime all fits are
 *   done in this thread
 * @throws LensError if a number is not finite, or there are fewer graphs than folds
 */
export function prepareThoughts(
  { designs, graphs, columns }: ProbeData,
  { folds = DEFAULT_FOLDS, seed, penalties, embedding }: ProbeOptions,
  { workers = 0, signal }: PoolOptions = {},
): ThoughtFits {
  for (const design of designs) checkDesign(design);
  groupFolds(graphs, folds, seed);
  const threads = (currentEngine()?.name ?? 'onnxruntime') === 'onnxruntime' ? workers : 0;
  const own = threads === 0 ? designs : designs.map(sharedDesign);
  const setup = { designs: own, graphs, nodes: columns.size, folds, seed, penalties, embedding };
  const pool = new WorkerPool(fitWork, setup, { workers: threads, signal });
  return {
    async nodes(thought, labels) {
      checkNodeLabels(labels, designs[thought - 1].rows, columns.size);
      return pool.run({ thought, labels }, { key: thought });
    },
    dispose: () => pool.close(),
  };
}

/** The same numbers, where all threads can read them: no thread has a copy. */
function sharedDesign({ rows, columns, values }: Design): Design {
  const shared = new Float32Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return { rows, columns, values: shared };
}
