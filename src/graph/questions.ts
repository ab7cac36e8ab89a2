import type { Random } from '../random.js';
import { breadthFirstDepths, UNREACHED } from './breadth-first.js';
import { inDegree, leavesOf, type Graph } from './graph.js';

/** What is asked of a graph: which of two leaves the root reaches. */
export interface GraphQuestion {
  readonly root: number;
  readonly target: number;
  readonly decoy: number;
}

/** Which questions are asked. */
export interface QuestionOptions {
  /** Least and greatest depth of the target from the root. */
  readonly minDepth: number;
  readonly maxDepth: number;
  /** Greatest difference between the decoy's depth from the other root and the target's from the root. */
  readonly depthGap: number;
}

/**
 * Every question of ProsQA's form that nodes 0 and 1 allow: the root is either of them, the target any leaf that it
 * alone of the two reaches, the decoy any leaf that the other alone reaches. More than the official files ask of a
 * graph, which take the deeper side's root and a deepest target.
 */
export function prosqaQuestions(graph: Graph, { minDepth, maxDepth, depthGap }: QuestionOptions): GraphQuestion[] {
  const depths = [breadthFirstDepths(graph, 0), breadthFirstDepths(graph, 1)];
  const leaves = leavesOf(graph).filter((leaf) => inDegree(graph, leaf) > 0);
  const exclusive = depths.map((own, side) =>
    leaves.filter((leaf) => own[leaf] !== UNREACHED && depths[1 - side][leaf] === UNREACHED),
  );
  return [0, 1].flatMap((root) =>
    exclusive[root]
      .filter((target) => depths[root][target] >= minDepth && depths[root][target] <= maxDepth)
      .flatMap((target) =>
        exclusive[1 - root]
          .filter((decoy) => Math.abs(depths[1 - root][decoy] - depths[root][target]) <= depthGap)
          .map((decoy) => ({ root, target, decoy })),
      ),
  );
}

/**
 * `count` of `questions`, none twice before all have been drawn.
 *
 * @throws RangeError if there are none
 */
export function drawQuestions(random: Random, questions: readonly GraphQuestion[], count: number): GraphQuestion[] {
  if (questions.length === 0) throw new RangeError('no questions to draw from');
  const drawn: GraphQuestion[] = [];
  while (drawn.length < count) drawn.push(...random.shuffle([...questions]).slice(0, count - drawn.length));
  return drawn;
}
