export { itemProblem } from './item-problem.js';
export { demoItems } from './demo-items.js';
export { histogram, spread, type Histogram, type Spread } from './distribution.js';
export { englishAnswer, englishQuestion, englishSteps, parseEnglishQuestion, WordingError } from './english.js';
export {
  counterfactualPair,
  cutPath,
  cutRootSide,
  deeperDecoyItem,
  degreeMatchedItem,
  askBetween,
  endPathsAt,
  exchangeCandidates,
  FAMILIES,
  insertBranch,
  largerDepthItem,
  leadAstray,
  orphanDecoy,
  permuteEdgeOrder,
  permuteIds,
  permuteNames,
  renameWithinLayers,
  rootTwin,
  shareTarget,
  swapEdges,
  type BranchedItem,
  type CounterfactualPair,
  type AstrayItem,
  type CutItem,
  type DeeperDecoyOptions,
  type Family,
  type FamilyName,
  type ItemEdit,
  type LargerDepthOptions,
  type SwappedItem,
  type UnanswerableItem,
} from './families/index.js';
export { formatItems, formatPieces } from './format-items.js';
export { graphKey } from './graph-key.js';
export type { HeuristicAccuracy, HeuristicName } from './inspect-heuristics.js';
export { inspectItems, type DepthStatistics, type Inspection, type RootShares } from './inspect-items.js';
export { itemGraph } from './item-graph.js';
export { ItemSearch, itemSearch, nodesWhere } from './item-search.js';
export { canonicalOrder, itemLabel } from './item-label.js';
export type { Item } from './item.js';
export { CONCEPT_NAMES, ENTITY_NAMES } from './names.js';
export { parseItems } from './parse-items.js';
export type { Question } from './question.js';
export { publishedItem, randomItem, randomItems } from './random-item.js';
export { readItems, type ItemFile } from './read-items.js';
export { parseSymbolicQuestion, symbolicQuestion } from './symbolic.js';
export { heuristicWords } from './heuristic-words.js';
