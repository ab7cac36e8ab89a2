/** One position of a continuation tree. */
export interface TreeNode {
  /** A token id, or thought c where `thought` is given. */
  readonly token: number;
  /** c, where a continuous thought is read in place of a token. */
  readonly thought?: number | undefined;
  /** Index of the node read before it; -1 at the start of a branch. */
  readonly parent: number;
  /** How many thoughts its branch has. */
  readonly after: number;
  /** How many sequence positions lie between the end of the prompt and it. */
  readonly depth: number;
}

/** One factor of a continuation's probability: the token, given everything up to and including `from`. */
export interface Factor {
  /** Index of the node whose hidden state predicts the token; -1 for the prompt's last token. */
  readonly from: number;
  readonly token: number;
}

/** What one row of a batch reads to score its continuations after several numbers of thoughts. */
export interface ContinuationTree {
  /** Thoughts first, parents before children. */
  readonly nodes: readonly TreeNode[];
  /** [branch][continuation]: the factors of each continuation, in order. */
  readonly factors: readonly (readonly (readonly Factor[])[])[];
}

/**
 * Lays continuations out as a forest in which equal beginnings are read once: a branch for each number of thoughts c,
 * in it thought c, the prefix, and a trie of the continuations. A continuation's last token is predicted, never read.
 *
 * @param afters numbers of thoughts, one branch each
 * @param prefix read after the thoughts in every branch
 */
export function continuationTree(
  afters: readonly number[],
  prefix: readonly number[],
  continuations: readonly (readonly number[])[],
): ContinuationTree {
  const nodes: TreeNode[] = [];
  const roots = afters.map((after) => {
    if (after === 0) return -1;
    return nodes.push({ token: 0, thought: after, parent: -1, after, depth: after - 1 }) - 1;
  });
  const factors = afters.map((after, branch) => {
    const children = new Map<number, Map<number, number>>();
    const read = (parent: number, token: number): number => {
      const below = children.get(parent) ?? new Map<number, number>();
      children.set(parent, below);
      const depth = parent < 0 ? after : nodes[parent].depth + 1;
      const node = below.get(token) ?? nodes.push({ token, parent, after, depth }) - 1;
      below.set(token, node);
      return node;
    };
    const start = prefix.reduce(read, roots[branch]);
    return continuations.map((tokens) => {
      let from = start;
      return tokens.map((token, i) => {
        const factor = { from, token };
        if (i < tokens.length - 1) from = read(from, token);
        return factor;
      });
    });
  });
  return { nodes, factors };
}
