import type { Item } from '../../dataset/index.js';
import { breadthFirstDepths, UNREACHED, type Graph } from '../../graph/index.js';
import type { EmittedPath } from '../../tokenizer/index.js';

/** The six exclusive kinds of what a model says (Coconut, arXiv 2412.06769 v3, section 4.2), in the paper's order. */
export const PROCESS_CLASSES = [
  'correctPath',
  'longerPath',
  'hallucination',
  'wrongTarget',
  'correctLabel',
  'incorrectLabel',
] as const;

/** One of the kinds of what a model says, see `PROCESS_CLASSES`. */
export type ProcessClass = (typeof PROCESS_CLASSES)[number];

/** The process classes in words. */
export const PROCESS_WORDS: Readonly<Record<ProcessClass, string>> = {
  correctPath: 'correct path',
  longerPath: 'longer path',
  hallucination: 'hallucination',
  wrongTarget: 'wrong target',
  correctLabel: 'correct label only',
  incorrectLabel: 'incorrect label only',
};

/** What a model said after some thoughts. */
export interface Continuation {
  readonly path: EmittedPath;
  /** The node given as the answer; null if none is named. */
  readonly answer: number | null;
}

/**
 * The class of what a model said, by the completion rule: the thoughts may stand for the first steps, so that the path
 * said begins at a node s, and it is a part of an explanation if s can be reached from the root. With dist the
 * breadth-first distance:
 *
 * - `hallucination`: a name that is no node of the item, a step that is no edge, a break, or an s out of the root's reach
 *   (after no thoughts: deeper than where a whole path begins)
 * - `wrongTarget`: none of these, but the path does not end in the target
 * - `correctPath`: it does, and dist(root, s) + steps said = dist(root, target)
 * - `longerPath`: it does, by more steps than that
 * - `correctLabel`, `incorrectLabel`: no path is said; the answer alone is right, or it is not, or none is named
 *
 * The answer does not matter where a path is said; it is reported beside the classes.
 *
 * @param deepest how deep s may lie: anywhere by default; where no thought can stand for a step, the depth at which a
 * whole path begins (`DecodingFormat.firstNodeOffset`)
 */
export function processClass(
  graph: Graph,
  { root, target }: Pick<Item, 'root' | 'target'>,
  { path, answer }: Continuation,
  deepest = Infinity,
): ProcessClass {
  if (path.length === 0) return answer === target ? 'correctLabel' : 'incorrectLabel';
  const depths = breadthFirstDepths(graph, root);
  const nodes: number[] = [];
  for (const node of path) {
    const previous = nodes.at(-1);
    const reached = node !== null && (previous === undefined || graph.successors[previous].includes(node));
    if (!reached) return 'hallucination';
    nodes.push(node);
  }
  const [start] = nodes;
  if (depths[start] === UNREACHED || depths[start] > deepest) return 'hallucination';
  if (nodes[nodes.length - 1] !== target) return 'wrongTarget';
  return depths[start] + nodes.length - 1 === depths[target] ? 'correctPath' : 'longerPath';
}

/**
 * How often a walk that knows the graph and nothing of the candidates says a correct path from the root: every outgoing
 * edge equally likely, the target after dist(root, target) steps.
 */
export function blindWalk(graph: Graph, { root, target }: Pick<Item, 'root' | 'target'>): number {
  const steps = breadthFirstDepths(graph, root)[target];
  let at = new Map([[root, 1]]);
  for (let step = 0; step < steps; step++) {
    const next = new Map<number, number>();
    for (const [node, p] of at) {
      const ways = graph.successors[node];
      for (const to of ways) next.set(to, (next.get(to) ?? 0) + p / ways.length);
    }
    at = next;
  }
  return at.get(target) ?? 0;
}

/**
 * How often one who guesses a candidate says a correct path with the least that can be said of it, where a path may begin
 * anywhere in reach (after one thought or more). Where steps are nodes that is the candidate alone; where they are
 * sentences, one whose subject is any of the nodes with an edge into it.
 *
 * @param firstNodeOffset `DecodingFormat.firstNodeOffset` of the wording: 0 for sentences, 1 for nodes
 */
export function guessedEnding(
  graph: Graph,
  { root, target }: Pick<Item, 'root' | 'target'>,
  firstNodeOffset: number,
): number {
  if (firstNodeOffset > 0) return 1 / 2;
  const depths = breadthFirstDepths(graph, root);
  const subjects = graph.predecessors[target];
  return subjects.filter((node) => depths[node] === depths[target] - 1).length / subjects.length / 2;
}
