import { currentEngine } from '../tensor/index.js';
import type { CrossFit } from './cross-fit.js';
import { checkNodeLabels } from './cross-fit-nodes.js';
import { checkDesign, type Design } from './design.js';
import { DEFAULT_FOLDS, groupFolds } from './folds.js';
import { LocalFits } from './local-fits.js';
import type { ProbeData } from './probe-data.js';
import type { ProbeOptions } from './run-node-probe.js';
import { WorkerFits } from './worker-fits.js';

/** Something that does one fit at a time: this thread, or another. */
export interface Fitter {
  /** Whether a thought's design is ready, or soon will be. */
  holds(thought: number): boolean;
  fit(thought: number, design: Design, labels: Int8Array): Promise<CrossFit>;
  dispose(): Promise<void>;
}

interface Waiting {
  readonly thought: number;
  readonly labels: Int8Array;
  readonly settle: (fit: Promise<CrossFit>) => void;
}

/**
 * A recording's thoughts, ready for node probes; all probes that read them share what is made of them. Fits wait in a
 * queue for whoever is free. What comes out does not depend on how many there are.
 */
export class ThoughtFits {
  readonly #designs: readonly Design[];
  readonly #nodes: number;
  readonly #free: Fitter[];
  readonly #all: readonly Fitter[];
  #waiting: Waiting[] = [];

  constructor(designs: readonly Design[], nodes: number, fitters: readonly Fitter[]) {
    this.#designs = designs;
    this.#nodes = nodes;
    this.#all = fitters;
    this.#free = [...fitters];
  }

  /**
   * Cross-fits a node probe's labels on the thoughts of one number, 1..k.
   *
   * @param labels [items * nodes]: 1, 0, or -1 for a node that is not asked about
   * @throws LensError if the labels are of another length or of a single class
   */
  nodes(thought: number, labels: Int8Array): Promise<CrossFit> {
    checkNodeLabels(labels, this.#designs[thought - 1].rows, this.#nodes);
    return new Promise((settle) => {
      this.#waiting.push({ thought, labels, settle });
      this.#next();
    });
  }

  /** Frees what engines and threads hold; fits that still wait never come. */
  async dispose(): Promise<void> {
    this.#waiting = [];
    for (const fitter of this.#all) await fitter.dispose();
  }

  #next(): void {
    const fitter = this.#free.pop();
    if (fitter === undefined) return;
    const chosen = this.#choose(fitter);
    if (chosen === undefined) {
      this.#free.push(fitter);
      return;
    }
    const { thought, labels, settle } = chosen;
    const fit = fitter.fit(thought, this.#designs[thought - 1], labels);
    settle(fit);
    const done = (): void => {
      this.#free.push(fitter);
      this.#next();
    };
    fit.then(done, done);
  }

  /** Preparing a design of width 768 takes seconds: a thought that the fitter holds goes first, then one that nobody holds. */
  #choose(fitter: Fitter): Waiting | undefined {
    const waiting = this.#waiting;
    const chosen =
      waiting.find(({ thought }) => fitter.holds(thought)) ??
      waiting.find(({ thought }) => !this.#all.some((other) => other.holds(thought))) ??
      waiting.at(0);
    this.#waiting = waiting.filter((other) => other !== chosen);
    return chosen;
  }
}

/**
 * Makes a recording's thoughts ready; `dispose` when done.
 *
 * @param jobs fits at a time, each in a thread of its own; 1, or another engine than ONNX Runtime: all in this one
 * @throws LensError if a number is not finite, or there are fewer graphs than folds
 */
export function prepareThoughts(
  { designs, graphs, columns }: ProbeData,
  { folds = DEFAULT_FOLDS, seed, penalties, embedding }: ProbeOptions,
  jobs = 1,
): ThoughtFits {
  for (const design of designs) checkDesign(design);
  groupFolds(graphs, folds, seed);
  const setup = { graphs, nodes: columns.size, folds, seed, penalties, embedding };
  const threads = jobs > 1 && (currentEngine()?.name ?? 'onnxruntime') === 'onnxruntime' ? jobs : 0;
  const fitters = threads === 0 ? [new LocalFits(setup)] : Array.from({ length: threads }, () => new WorkerFits(setup));
  return new ThoughtFits(designs, columns.size, fitters);
}
