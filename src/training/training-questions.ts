import {
  breadthFirstDepths,
  drawQuestions,
  prosqaQuestions,
  randomProsqaGraph,
  randomShortestPath,
  type Graph,
  type GraphQuestion,
} from '../graph/index.js';
import type { Random } from '../random.js';
import type { GraphsConfig } from './config.js';
import type { Question } from './training-example.js';

/** Random graphs that may be too large for the model, one after the other, before that is an error. */
export const GRAPH_ATTEMPTS = 100;

/**
 * A random graph of ProsQA's kind with questions about it, which share its statements, in one random order.
 *
 * @param count how many questions
 * @throws RangeError if no graph allows a question
 */
export function drawTrainingQuestions(random: Random, graphs: GraphsConfig, count: number): Question[] {
  const { depthGap = Infinity, questions, balanced = false, ...rest } = graphs;
  const wanted = { ...rest, depthGap };
  const deepest = balanced ? wanted.minDepth + random.integer(wanted.maxDepth - wanted.minDepth + 1) : undefined;
  const { graph, ...own } = randomProsqaGraph(
    random,
    deepest === undefined ? wanted : { ...wanted, minDepth: deepest, maxDepth: deepest },
  );
  const asked = questions === 'one' ? [own] : askedOf(random, graph, prosqaQuestions(graph, wanted), count, deepest);
  const edges = random.shuffle([...graph.edges]);
  return asked.map((question) => trainingQuestion(random, graph, edges, question));
}

/** @param deepest depth of every second question; undefined: any */
function askedOf(
  random: Random,
  graph: Graph,
  all: readonly GraphQuestion[],
  count: number,
  deepest: number | undefined,
): GraphQuestion[] {
  if (deepest === undefined) return drawQuestions(random, all, count);
  const deep = all.filter(({ root, target }) => breadthFirstDepths(graph, root)[target] === deepest);
  const half = Math.ceil(count / 2);
  return [...drawQuestions(random, deep, half), ...(count > half ? drawQuestions(random, all, count - half) : [])];
}

function trainingQuestion(random: Random, graph: Graph, edges: Question['edges'], question: GraphQuestion): Question {
  const { root, target, decoy } = question;
  const [first, second] = random.shuffle([target, decoy]);
  return {
    // The symbolic wording names nodes by number.
    names: new Array<string>(graph.nodeCount).fill(''),
    id: 'drawn in training',
    edges,
    root,
    target,
    decoy,
    candidates: [first, second],
    path: randomShortestPath(random, graph, root, target),
  };
}

/**
 * The same questions with every node under a number of its own out of 0 .. `numbers` - 1, which tells nothing of where
 * it stands in the graph.
 *
 * @throws RangeError if a graph has more nodes
 */
export function scatterNodes(random: Random, questions: readonly Question[], numbers: number): Question[] {
  const drawn = random.shuffle([...Array(numbers).keys()]);
  const nodes = questions[0].names.length;
  if (nodes > numbers) throw new RangeError(`${nodes} nodes do not fit ${numbers} numbers`);
  return questions.map((question) => {
    const names = new Array<string>(numbers).fill('');
    question.names.forEach((name, node) => (names[drawn[node]] = name));
    const { id, edges, root, target, decoy, candidates, path } = question;
    return {
      id,
      names,
      edges: edges.map(([source, end]) => [drawn[source], drawn[end]] as const),
      root: drawn[root],
      target: drawn[target],
      decoy: drawn[decoy],
      candidates: [drawn[candidates[0]], drawn[candidates[1]]],
      path: path.map((node) => drawn[node]),
    };
  });
}
