import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { SYMBOLIC_TOKENS } from '../../src/tokenizer/index.js';
import { edgeRecallSequence } from '../../src/training/edge-recall.js';
import { IGNORED, parseTrainingConfig, type TrainingConfig } from '../../src/training/index.js';
import type { Question } from '../../src/training/training-example.js';
import { drawTrainingQuestions, scatterNodes } from '../../src/training/training-questions.js';
import { TINY, TINY_PHASE } from './tiny-training.js';

type Graphs = NonNullable<TrainingConfig['phases'][number]['graphs']>;

function graphs(changes: object): Graphs {
  const phase = { ...TINY_PHASE, batchQuestions: 1, graphs: changes };
  const { graphs: parsed } = parseTrainingConfig('test', { ...TINY, phases: [phase] }).phases[0];
  if (parsed === undefined) throw new Error('no graphs');
  return parsed;
}

/** Steps from a node to every node that it reaches. */
function depthsFrom(root: number, edges: Question['edges']): Map<number, number> {
  const depths = new Map([[root, 0]]);
  const queue = [root];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    for (const [from, to] of edges) {
      if (from !== node || depths.has(to)) continue;
      depths.set(to, (depths.get(node) ?? NaN) + 1);
      queue.push(to);
    }
  }
  return depths;
}

/** What ProsQA asks: the root reaches the target alone, the other entity the decoy alone. */
function expectValid({ edges, root, target, decoy, candidates, path }: Question, wanted: Graphs): void {
  expect([...candidates].sort()).toEqual([target, decoy].sort());
  const roots = [...new Set(edges.map(([from]) => from))].filter((node) => !edges.some(([, to]) => to === node));
  const other = roots.filter((node) => node !== root && depthsFrom(node, edges).has(decoy));
  expect(roots).toContain(root);
  expect(other.length).toBeGreaterThan(0);
  const own = depthsFrom(root, edges);
  expect(own.has(decoy)).toBe(false);
  const depth = own.get(target) ?? NaN;
  expect(depth).toBeGreaterThanOrEqual(wanted.minDepth);
  expect(depth).toBeLessThanOrEqual(wanted.maxDepth);
  for (const leaf of [target, decoy]) expect(edges.some(([from]) => from === leaf)).toBe(false);
  const apart = other.map((node) => Math.abs((depthsFrom(node, edges).get(decoy) ?? NaN) - depth));
  expect(Math.min(...apart)).toBeLessThanOrEqual(wanted.depthGap ?? Infinity);
  // The path is a shortest one.
  expect([path[0], path.at(-1), path.length - 1]).toEqual([root, target, depth]);
  for (let i = 1; i < path.length; i++) {
    expect(edges.some(([from, to]) => from === path[i - 1] && to === path[i])).toBe(true);
  }
}

describe('randomLesson', () => {
  it.each([
    { nodes: 8, minNodes: 6, minDepth: 2, maxDepth: 3, depthGap: 1 },
    { nodes: 12, minDepth: 1, maxDepth: 6, questions: 'one' },
    { nodes: 28, depthGap: 0 },
  ])('asks what ProsQA asks: %o', (changes) => {
    const wanted = graphs(changes);
    const random = createRandom(JSON.stringify(changes));
    for (let i = 0; i < 30; i++) {
      const questions = drawTrainingQuestions(random, wanted, wanted.questions === 'one' ? 1 : 4);
      expect(questions).toHaveLength(wanted.questions === 'one' ? 1 : 4);
      for (const question of questions) {
        expect(question.edges).toBe(questions[0].edges);
        expectValid(question, wanted);
      }
    }
  });

  it('draws the depth of the deepest questions evenly, and asks about it every second time', () => {
    const wanted = graphs({ nodes: 28, balanced: true });
    const random = createRandom('balanced');
    const deepest = [0, 0, 0, 0];
    for (let i = 0; i < 400; i++) {
      const asked = drawTrainingQuestions(random.fork(`${i}`), wanted, 8);
      const depths = asked.map(({ path }) => path.length - 1);
      for (const question of asked) expectValid(question, wanted);
      const most = Math.max(...depths);
      deepest[most - 3]++;
      expect(depths.filter((depth) => depth === most).length).toBeGreaterThanOrEqual(4);
    }
    // Binomial, 100 of 400 each: four standard deviations are 35.
    for (const count of deepest) expect(Math.abs(count - 100)).toBeLessThan(35);
  });

  it('asks none twice before all have been asked, and puts the target first as often as not', () => {
    const random = createRandom('all');
    const wanted = graphs({ nodes: 12, minDepth: 2 });
    let first = 0;
    for (let i = 0; i < 60; i++) {
      const many = drawTrainingQuestions(random.fork(`${i}`), wanted, 40);
      const asked = many.map(({ root, target, decoy }) => `${root} ${target} ${decoy}`);
      const different = new Set(asked).size;
      expect(new Set(asked.slice(0, different)).size).toBe(different);
      first += many.filter(({ candidates, target }) => candidates[0] === target).length;
    }
    // 2,400 coins: four standard deviations are 98.
    expect(Math.abs(first - 1200)).toBeLessThan(98);
  });
});

describe('scatterNodes', () => {
  it('renames nodes and keeps everything else', () => {
    const [question] = drawTrainingQuestions(createRandom(2), graphs({ nodes: 10 }), 1);
    const named = { ...question, names: question.names.map((_, node) => `n${node}`) };
    const [scattered] = scatterNodes(createRandom(3), [named], 31);
    expect(scattered.names).toHaveLength(31);
    const back = (node: number): number => Number(scattered.names[node].slice(1));
    const { id, edges, root, target, decoy, candidates, path } = scattered;
    expect({
      id,
      names: named.names,
      edges: edges.map(([from, to]) => [back(from), back(to)]),
      root: back(root),
      target: back(target),
      decoy: back(decoy),
      candidates: candidates.map(back),
      path: path.map(back),
    }).toEqual(named);
    expect(scattered.names.filter((name) => name !== '')).toHaveLength(named.names.length);
  });

  it('gives all questions of a graph the same numbers, others to the next graph, each number as often', () => {
    const questions = drawTrainingQuestions(createRandom(4), graphs({ nodes: 10 }), 3);
    const random = createRandom(5);
    const counts = new Array<number>(31).fill(0);
    for (let i = 0; i < 3100; i++) {
      const [one, two] = scatterNodes(random, questions, 31);
      expect(two.edges).toEqual(one.edges);
      counts[one.edges[0][0]]++;
    }
    // Poisson about 100: five standard deviations, for 31 numbers.
    for (const count of counts) expect(Math.abs(count - 100)).toBeLessThan(50);
  });

  it('needs a number for every node', () => {
    const questions = drawTrainingQuestions(createRandom(4), graphs({ nodes: 10, minNodes: 10 }), 1);
    expect(() => scatterNodes(createRandom(1), questions, 9)).toThrow('10 nodes do not fit 9 numbers');
  });
});

it('recallSequence: eight edges, each source followed by its target, which alone is to be predicted', () => {
  const edges = [
    [1, 2],
    [3, 4],
    [5, 6],
  ] as const;
  const { opening, latents, suffix, labels } = edgeRecallSequence(createRandom(1), edges);
  expect([opening, latents, suffix.length, labels.length]).toEqual([[SYMBOLIC_TOKENS['[R]']], 0, 16, 17]);
  // Position 0 is [R]; a source at suffix position i is read at label position i + 1.
  expect(labels[0]).toBe(IGNORED);
  for (let i = 0; i < 16; i += 2) {
    expect(edges).toContainEqual([suffix[i], suffix[i + 1]]);
    expect([labels[i + 1], labels[i + 2]]).toEqual([suffix[i + 1], IGNORED]);
  }
  const seen = new Set(
    Array.from({ length: 20 }, (_, seed) => edgeRecallSequence(createRandom(seed), edges).suffix[0]),
  );
  expect(seen).toEqual(new Set([1, 3, 5]));
});
