import { describe, expect, it } from 'vitest';
import { permuteIds, permuteNames, randomItem, type Item } from '../../src/dataset/index.js';
import { symbolicWording } from '../../src/tokenizer/index.js';
import { gatherProbeData, prepareThoughts, runProbe, type ClassProbe } from '../../src/probe/index.js';
import type { ThoughtRecord } from '../../src/recording/index.js';
import { numberGraphs } from '../../src/probe/graph-numbers.js';
import { createRandom } from '../../src/random.js';

const random = createRandom('graph numbers');

function recorded(item: Item): ThoughtRecord {
  const n = item.names.length;
  const noise = random.fork(`${item.id} ${item.root}`);
  return {
    item,
    count: 1,
    thoughts: Float32Array.from({ length: 4 }, () => noise.normal()),
    nodeTokens: Int32Array.from({ length: n }, (_, node) => node),
    nodeLogits: new Float32Array(n),
    nodeProbabilities: new Float32Array(n),
    offGraphMass: new Float32Array(1),
  };
}

describe('numberGraphs', () => {
  type Graph = Pick<Item, 'names' | 'edges'>;
  // a > b > c, and the same turned round: nodes 2 > 1 > 0.
  const forth = { edges: [[0, 1] as const, [1, 2] as const] };
  const back = { edges: [[2, 1] as const, [1, 0] as const] };
  const abc: Graph = { names: ['a', 'b', 'c'], ...forth };
  const renumbered: Graph = { names: ['c', 'b', 'a'], ...back };
  const renamed: Graph = { names: ['x', 'y', 'z'], ...forth };
  const other: Graph = { names: ['a', 'b', 'c'], ...back };

  it('takes the same names under other numbers, and the same numbers under other names, for one graph', () => {
    expect(numberGraphs([abc, renumbered])).toEqual({ graphs: Int32Array.of(0, 0), graphCount: 1 });
    expect(numberGraphs([abc, renamed])).toEqual({ graphs: Int32Array.of(0, 0), graphCount: 1 });
    expect(numberGraphs([abc, other])).toEqual({ graphs: Int32Array.of(0, 1), graphCount: 2 });
  });

  it('lets a later item join two that share nothing with each other, and leaves no gap in the numbers', () => {
    const alone: Graph = { names: ['a', 'b'], edges: [[0, 1]] };
    expect(numberGraphs([renumbered, renamed, alone]).graphs).toEqual(Int32Array.of(0, 1, 2));
    expect(numberGraphs([renumbered, renamed, alone, abc])).toEqual({
      graphs: Int32Array.of(0, 0, 1, 0),
      graphCount: 2,
    });
  });
});

describe('the graphs of a probe', () => {
  it('are one where the symbolic prompts are one, whatever the names', async () => {
    const item = randomItem(random.fork('item'), '0');
    const renamed = permuteNames(random.fork('names'), item);
    expect(renamed.names).not.toEqual(item.names);
    expect(symbolicWording.prompt(renamed)).toEqual(symbolicWording.prompt(item));
    const data = await gatherProbeData([item, renamed].map(recorded), { seed: 0, ids: 'token' });
    expect([...data.graphs]).toEqual([0, 0]);
  });

  it('are what a class probe’s interval counts, as its folds do', async () => {
    const items = Array.from({ length: 12 }, (_, i) => randomItem(random.fork(`item ${i}`), String(i)));
    const twice = items.flatMap((item) => ['a', 'b'].map((own) => permuteIds(random.fork(`${own} ${item.id}`), item)));
    const data = await gatherProbeData(twice.map(recorded), { seed: 0, ids: 'token' });
    const halves: ClassProbe = {
      name: 'halves',
      question: 'Which half?',
      kind: 'class',
      classes: ['even', 'odd'],
      label: ({ item }) => Number(item.id) % 2,
      control: ({ item }) => Number(Number(item.id) < 6),
      controlWords: 'another half',
    };
    const options = { seed: 1, resamples: 100, penalties: [0.1], folds: 3 };
    const fits = prepareThoughts(data, options);
    const { graphs, perThought } = await runProbe(halves, data, fits, options);
    expect(graphs).toBe(12);
    const [{ score, selectivity, baselines }] = perThought;
    for (const estimate of [score, selectivity, baselines[0].beaten])
      expect(estimate).toMatchObject({ n: 24, clusters: 12 });
    await fits.dispose();
  });
});
