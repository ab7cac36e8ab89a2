import { describe, expect, it } from 'vitest';
import { continuationTree } from '../../src/model/continuation-tree.js';

describe('continuationTree', () => {
  it('reads equal beginnings once and last tokens never, with a branch for each number of thoughts', () => {
    const { nodes, factors } = continuationTree([0, 2], [9], [[1, 2, 3], [1, 2, 4], [1], [5, 6]]);
    expect(nodes.map(({ token, thought, parent, after, depth }) => [thought ?? `t${token}`, parent, after, depth])).toEqual([
      [2, -1, 2, 1],
      ['t9', -1, 0, 0],
      ['t1', 1, 0, 1],
      ['t2', 2, 0, 2],
      ['t5', 1, 0, 1],
      ['t9', 0, 2, 2],
      ['t1', 5, 2, 3],
      ['t2', 6, 2, 4],
      ['t5', 5, 2, 3],
    ]); // prettier-ignore
    expect(factors[0].map((factor) => factor.map(({ from, token }) => [from, token]))).toEqual([
      [[1, 1], [2, 2], [3, 3]],
      [[1, 1], [2, 2], [3, 4]],
      [[1, 1]],
      [[1, 5], [4, 6]],
    ]); // prettier-ignore
    expect(factors[1][3].map(({ from }) => from)).toEqual([5, 8]);
  });

  it('predicts first tokens from the prompt where nothing comes between', () => {
    const { nodes, factors } = continuationTree([0, 1], [], [[7]]);
    expect(nodes).toHaveLength(1);
    expect(factors).toEqual([[[{ from: -1, token: 7 }]], [[{ from: 0, token: 7 }]]]);
  });
});
