/**
 * One ProsQA item, validated. Node `i` is `names[i]`; an edge `[s, t]` reads "every s is a t" (or "s is a t" where s
 * is an entity, i.e. has no parent). The order of `edges` is the order of the sentences in the question.
 */
export interface Item {
  /** Unique inside its file: the item's index, or the file's own id. */
  readonly id: string;
  readonly names: readonly string[];
  /** In the order in which the prompt states them. */
  readonly edges: readonly (readonly [source: number, target: number])[];
  readonly root: number;
  /** The candidate that is reachable from the root. */
  readonly target: number;
  /** The candidate that is not (`neg_target` in the official files). */
  readonly decoy: number;
  /** The order in which the question names the candidates. */
  readonly candidates: readonly [number, number];
  /** One shortest path from root to target as node indices, root first; empty if the file has no steps. */
  readonly path: readonly number[];
  /**
   * The file's own order of the edges, which differs from the question's: its i-th edge is `edges[fileEdgeOrder[i]]`.
   * Only the writer reads it; without it edges are written in the order of their targets, as in the official files.
   */
  readonly fileEdgeOrder?: readonly number[];
}
