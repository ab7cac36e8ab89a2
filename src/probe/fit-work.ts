import { defineWork } from '../parallel/index.js';
import type { CrossFit } from './cross-fit.js';
import { crossFitNodeSets, type NodeEmbedding } from './cross-fit-nodes.js';
import type { Design } from './design.js';
import { PreparedDesign } from './prepared-design.js';

/** What all fits of a recording have in common. */
export interface FitSetup {
  /** Of each thought, 1..k. */
  readonly designs: readonly Design[];
  /** [rows] the graph of each row */
  readonly graphs: Int32Array;
  /** How many node ids there are. */
  readonly nodes: number;
  readonly folds: number;
  readonly seed: number | string;
  readonly penalties?: readonly number[] | undefined;
  readonly embedding?: NodeEmbedding | undefined;
}

/** One cross-fit. */
export interface FitInput {
  readonly thought: number;
  /** [rows * nodes]: 1, 0, or -1 for a node that is not asked about */
  readonly labels: Int8Array;
}

/** Cross-fits node probes. Preparing a design of width 768 takes seconds; a worker keeps the ones it has prepared. */
export default defineWork(import.meta.url, (setup: FitSetup) => {
  const { designs, graphs, nodes, folds, seed, penalties, embedding } = setup;
  const variant = embedding === undefined ? 'perNode' : 'bilinear';
  const prepared = new Map<number, PreparedDesign>();
  return {
    async run({ thought, labels }: FitInput): Promise<CrossFit> {
      const design =
        prepared.get(thought) ?? (await PreparedDesign.prepare(designs[thought - 1], graphs, { folds, seed }));
      prepared.set(thought, design);
      return crossFitNodeSets(design, labels, { nodes, variant, embedding, penalties });
    },
    async dispose() {
      for (const design of prepared.values()) await design.dispose();
    },
  };
});
