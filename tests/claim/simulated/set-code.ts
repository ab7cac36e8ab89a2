import { SYMBOLIC_NODES, SYMBOLIC_TOKENS, symbolicTokenizer } from '../../../src/tokenizer/index.js';

/** Nodes by their tokens. */
export type NodeSet = ReadonlySet<number>;

/** How a thought holds a set of nodes. */
export interface Code {
  /** @returns [{@link WIDTH}] */
  write(nodes: NodeSet): Float32Array;
  /** Of any vector, also of one that was edited or patched in. */
  read(thought: Float32Array): NodeSet;
}

/** d: one coordinate for each token, which is what the LM head reads there. */
export const WIDTH = symbolicTokenizer.vocabularySize;

/** A node is held from this amplitude on: the whole vocabulary of nodes, at length 1, has .18 each. */
const HELD = 0.12;

const NODES = Array.from({ length: SYMBOLIC_NODES }, (_, node) => node);

/** What a thought can hold beside nodes, as if they were some: rows of the LM head that no node has. */
export const MARKS: readonly number[] = Array.from(
  { length: WIDTH - SYMBOLIC_NODES },
  (_, i) => SYMBOLIC_NODES + i,
).filter((token) => token !== SYMBOLIC_TOKENS['<|end-latent|>']);

/**
 * A uniform superposition of length 1. A set without nodes is `<|end-latent|>`, as in the models built by hand, since zeros are
 * an ablation.
 *
 * @param at the coordinate of each node
 * @param sign of all amplitudes
 * @param nodes those that can be held
 */
function superposition(at: (node: number) => number, sign: 1 | -1, nodes: readonly number[] = NODES): Code {
  return {
    write(held) {
      const thought = new Float32Array(WIDTH);
      if (held.size === 0) thought[SYMBOLIC_TOKENS['<|end-latent|>']] = sign;
      for (const node of held) thought[at(node)] = sign / Math.sqrt(held.size);
      return thought;
    },
    read: (thought) => new Set(nodes.filter((node) => sign * thought[at(node)] > HELD)),
  };
}

/** Each node along its own row of the LM head. */
export const PLAIN_CODE = superposition((node) => node, 1);

/** The same the other way round: the LM head finds the nodes that are held least likely. */
export const OPPOSITE_CODE = superposition((node) => node, -1);

/** Each node along the row of another one: what the LM head reads are other nodes. 12 and 31 have no common divisor. */
export const PERMUTED_CODE = superposition((node) => (12 * node + 5) % SYMBOLIC_NODES, 1);

/** The plain one, with {@link MARKS}. */
export const MARKED_CODE = superposition((node) => node, 1, [...NODES, ...MARKS]);

/** The nodes that are not held, each along its own row. Zeros, which an ablation puts in, hold all. */
export const COMPLEMENT_CODE: Code = {
  write: (held) => PLAIN_CODE.write(new Set(NODES.filter((node) => !held.has(node)))),
  read(thought) {
    const missing = PLAIN_CODE.read(thought);
    return new Set(NODES.filter((node) => !missing.has(node)));
  },
};
