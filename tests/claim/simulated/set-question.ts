import { createGraph, type Edge, type Graph } from '../../../src/graph/index.js';
import { SYMBOLIC_NODES, SYMBOLIC_TOKENS } from '../../../src/tokenizer/index.js';

/** What a prompt asks, and all that an algorithm is told: nodes are tokens, there are always 31. */
export interface SetQuestion {
  /** Edges and successors in the order in which the prompt states them. */
  readonly graph: Graph;
  readonly root: number;
  readonly candidates: readonly number[];
}

/**
 * Reads `<eos> s t | s t | ... | s t [Q] a b [R] root`, as `symbolicPrompt` writes it. By tokens, not by way of
 * `parseSymbolicQuestion`'s text: a battery asks ten thousands of questions.
 */
export function readQuestion(prompt: ArrayLike<number>): SetQuestion {
  const end = prompt.length - 5;
  if (prompt[end] !== SYMBOLIC_TOKENS['[Q]'] || prompt[end + 3] !== SYMBOLIC_TOKENS['[R]'])
    throw new Error(`set model: not a symbolic prompt that ends at its root (${Array.from(prompt).join(' ')})`);
  const edges: Edge[] = [];
  for (let at = 1; at < end; at += 3) edges.push([prompt[at], prompt[at + 1]]);
  return {
    graph: createGraph({ nodeCount: SYMBOLIC_NODES, edges }),
    root: prompt[end + 4],
    candidates: [prompt[end + 1], prompt[end + 2]],
  };
}
