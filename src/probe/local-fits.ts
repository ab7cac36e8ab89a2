import type { CrossFit } from './cross-fit.js';
import { crossFitNodeSets, type NodeEmbedding } from './cross-fit-nodes.js';
import type { Design } from './design.js';
import { PreparedDesign } from './prepared-design.js';

/** What all fits of a recording have in common; can be sent to another thread. */
export interface FitSetup {
  /** [rows] the graph of each row */
  readonly graphs: Int32Array;
  /** How many node ids there are. */
  readonly nodes: number;
  readonly folds?: number | undefined;
  readonly seed: number | string;
  readonly penalties?: readonly number[] | undefined;
  readonly embedding?: NodeEmbedding | undefined;
}

/** Cross-fits node probes of designs that are ready, in this thread. */
export class LocalFits {
  readonly #setup: FitSetup;
  readonly #prepared = new Map<number, Promise<PreparedDesign>>();

  constructor(setup: FitSetup) {
    this.#setup = setup;
  }

  holds(thought: number): boolean {
    return this.#prepared.has(thought);
  }

  /**
   * @param design of the thought; read when it is first asked about
   * @param labels [rows * nodes]: 1, 0, or -1 for a node that is not asked about
   */
  async fit(thought: number, design: Design, labels: Int8Array): Promise<CrossFit> {
    const { graphs, nodes, folds, seed, penalties, embedding } = this.#setup;
    const made = this.#prepared.get(thought) ?? PreparedDesign.prepare(design, graphs, { folds, seed });
    this.#prepared.set(thought, made);
    const variant = embedding === undefined ? 'perNode' : 'bilinear';
    return crossFitNodeSets(await made, labels, { nodes, variant, embedding, penalties });
  }

  /** Frees what the engine holds. */
  async dispose(): Promise<void> {
    for (const prepared of this.#prepared.values()) await (await prepared).dispose();
    this.#prepared.clear();
  }
}
