export {
  createGraph,
  entitiesOf,
  inDegree,
  leavesOf,
  nodesOf,
  outDegree,
  type Edge,
  type Graph,
  type GraphData,
} from './graph.js';
export { findCycle, topologicalOrder } from './order.js';
export {
  ancestorsOf,
  breadthFirstDepths,
  breadthFirstLayers,
  descendantsOf,
  distancesTo,
  reachableWithin,
  UNREACHED,
  walkFrontier,
} from './breadth-first.js';
export { randomShortestPath, shortestPathCounts, shortestPathLayers } from './shortest-paths.js';
export { heights, type HeightDefinition } from './heights.js';
export { NODE_CLASSES, nodeClasses, otherRootOf, type NodeClass, type Search } from './node-classes.js';
export { publishedGroups, type PublishedGroups } from './published-groups.js';
export {
  chooseFartherFromEntity,
  chooseHigherIndex,
  chooseLaterMention,
  chooseLowerInDegree,
  chooseNotReachedFrom,
  chooseReached,
  type Candidates,
  type Choice,
} from './heuristics.js';
export { randomProsqaGraph, type RandomGraphOptions } from './generate.js';
export { publishedProsqaGraph } from './generate-published.js';
export type { RandomProsqaGraph } from './draft.js';
export { drawQuestions, prosqaQuestions, type GraphQuestion, type QuestionOptions } from './questions.js';
