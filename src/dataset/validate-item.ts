import { breadthFirstDepths, createGraph, findCycle, UNREACHED, type Graph } from '../graph/index.js';
import { englishAnswer, englishSteps, parseEnglishQuestion, WordingError } from './english.js';
import type { Item } from './item.js';
import type { OfficialItem } from './official-schema.js';

/** Reports a malformed item: what is wrong, and what was expected. Never returns. */
export type Refuse = (problem: string, expected: string) => never;

/**
 * Checks that an item's parts agree, and maps it to an {@link Item}. In this order: unique names; edges between two
 * different existing nodes, no edge twice, no cycle; root, target and neg_target existing nodes; target reachable from
 * the root, neg_target not; the question's sentences are exactly the edges and its last sentence asks about the root
 * and the two candidates; the answer states the target; the steps, if there are any, are a shortest path of existing
 * edges from root to target.
 *
 * @param defaultId the id of an item that brings none
 */
export function validateItem(raw: OfficialItem, defaultId: string, refuse: Refuse): Item {
  checkNames(raw.idx_to_symbol, refuse);
  const graph = checkEdges(raw, refuse);
  const depth = checkSearch(raw, graph, refuse);
  const { edges, candidates, fileEdgeOrder } = checkQuestion(raw, refuse);
  const item: Item = {
    id: raw.id ?? defaultId,
    names: raw.idx_to_symbol,
    edges,
    root: raw.root,
    target: raw.target,
    decoy: raw.neg_target,
    candidates,
    path: [],
    fileEdgeOrder,
  };
  const answer = englishAnswer(item);
  if (raw.answer !== answer) refuse(`answer is "${raw.answer}"`, `expected "${answer}"`);
  return { ...item, path: checkSteps(raw, item, depth, refuse) };
}

function checkNames(names: readonly string[], refuse: Refuse): void {
  names.forEach((name, i) => {
    const first = names.indexOf(name);
    if (first !== i) refuse(`idx_to_symbol[${i}] is "${name}", as is idx_to_symbol[${first}]`, 'expected unique names');
  });
}

function checkEdges({ edges, idx_to_symbol: names }: OfficialItem, refuse: Refuse): Graph {
  const n = names.length;
  const seen = new Map<string, number>();
  edges.forEach(([source, target], i) => {
    for (const node of [source, target]) {
      if (node >= n) {
        refuse(`edges[${i}] names node ${node}, but there are ${n} nodes`, `expected indices in 0..${n - 1}`);
      }
    }
    if (source === target) refuse(`edges[${i}] leads from node ${source} to itself`, 'expected no self loops');
    const key = `${source}->${target}`;
    const earlier = seen.get(key);
    if (earlier !== undefined) refuse(`edges[${i}] repeats edges[${earlier}] (${key})`, 'expected each edge once');
    seen.set(key, i);
  });
  const graph = createGraph({ nodeCount: n, edges });
  const cycle = findCycle(graph);
  if (cycle !== undefined) refuse(`edges form the cycle ${[...cycle, cycle[0]].join('->')}`, 'expected no cycles');
  return graph;
}

/** @returns the breadth-first depth of the target */
function checkSearch(raw: OfficialItem, graph: Graph, refuse: Refuse): number {
  const n = graph.nodeCount;
  for (const field of ['root', 'target', 'neg_target'] as const) {
    if (raw[field] >= n) {
      refuse(`${field} is node ${raw[field]}, but there are ${n} nodes`, `expected an index in 0..${n - 1}`);
    }
  }
  if (raw.target === raw.root) refuse(`target is the root (node ${raw.root})`, 'expected another node');
  const depths = breadthFirstDepths(graph, raw.root);
  if (depths[raw.target] === UNREACHED) {
    refuse(`target (node ${raw.target}) has no path from root (node ${raw.root})`, 'expected it to be reachable');
  }
  if (depths[raw.neg_target] !== UNREACHED) {
    refuse(`neg_target (node ${raw.neg_target}) has a path from root (node ${raw.root})`, 'expected it to have none');
  }
  return depths[raw.target];
}

function checkQuestion(
  raw: OfficialItem,
  refuse: Refuse,
): Required<Pick<Item, 'edges' | 'candidates' | 'fileEdgeOrder'>> {
  const names = raw.idx_to_symbol;
  const { edges, candidates, root } = parseOrRefuse(raw, refuse);
  const positions = new Map(edges.map(([source, target], i) => [`${source}->${target}`, i]));
  if (positions.size !== edges.length) {
    const twice = edges.findIndex(([source, target], i) => positions.get(`${source}->${target}`) !== i);
    refuse(`question states ${names[edges[twice][0]]}->${names[edges[twice][1]]} twice`, 'expected each edge once');
  }
  const fileEdgeOrder = raw.edges.map(([source, target], i) => {
    const position = positions.get(`${source}->${target}`);
    return position ?? refuse(`edges[${i}] (${names[source]}->${names[target]}) is not in the question`, SAME_EDGES);
  });
  if (edges.length > raw.edges.length) {
    const extra = edges.findIndex((_, position) => !fileEdgeOrder.includes(position));
    refuse(`question sentence ${extra + 1} states an edge that is not in edges`, SAME_EDGES);
  }
  if (root !== raw.root) refuse(`question asks about ${names[root]}, root is ${names[raw.root]}`, 'expected the same');
  if (!candidates.includes(raw.target) || !candidates.includes(raw.neg_target)) {
    refuse(
      `question offers ${names[candidates[0]]} or ${names[candidates[1]]}`,
      `expected target and neg_target (${names[raw.target]}, ${names[raw.neg_target]})`,
    );
  }
  return { edges, candidates, fileEdgeOrder };
}

const SAME_EDGES = 'expected question and edges to state the same edges';

function parseOrRefuse(raw: OfficialItem, refuse: Refuse): ReturnType<typeof parseEnglishQuestion> {
  try {
    return parseEnglishQuestion(raw.question, raw.idx_to_symbol);
  } catch (error) {
    if (!(error instanceof WordingError)) throw error;
    return refuse(`question: ${error.message}`, 'expected "X is a y. Every y is a z. ... Is X a v or w?"');
  }
}

/** @returns the path that the steps describe, empty if there are none */
function checkSteps(raw: OfficialItem, item: Item, depth: number, refuse: Refuse): number[] {
  if (raw.steps.length === 0) return [];
  const node = (name: string | undefined): number => raw.idx_to_symbol.indexOf(name ?? '');
  const ends = raw.steps.map((step) => node(/ is a (\S+)\.$/.exec(step)?.[1]));
  const path = [raw.root, ...ends];
  const unknown = ends.indexOf(-1);
  if (unknown >= 0) refuse(`steps[${unknown}] is "${raw.steps[unknown]}"`, 'expected "X is a y." or "Every x is a y."');
  const worded = englishSteps({ ...item, path });
  raw.steps.forEach((step, i) => {
    if (step !== worded[i]) refuse(`steps[${i}] is "${step}"`, `expected "${worded[i]}" after the step before it`);
    if (!item.edges.some(([source, target]) => source === path[i] && target === path[i + 1])) {
      refuse(`steps[${i}] is "${step}", which is not an edge`, 'expected the steps to follow edges');
    }
  });
  const end = path[path.length - 1];
  if (end !== raw.target) {
    const names = raw.idx_to_symbol;
    refuse(`steps end at ${names[end]}`, `expected the target (${names[raw.target]})`);
  }
  if (raw.steps.length !== depth) {
    refuse(`steps has ${raw.steps.length} steps, the shortest path ${depth}`, 'expected a shortest path');
  }
  return path;
}
