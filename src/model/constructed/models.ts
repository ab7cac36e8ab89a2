import { constructedBackward } from './constructed-backward.js';
import { constructedBeamLookahead } from './constructed-beam-lookahead.js';
import { constructedBeam } from './constructed-beam.js';
import { constructedBfs } from './constructed-bfs.js';
import { constructedBidirectional } from './constructed-bidirectional.js';
import { constructedCarriedAnswer } from './constructed-carried-answer.js';
import { constructedConstantHolder } from './constructed-constant-holder.js';
import { constructedCopyThrough } from './constructed-copy-through.js';
import { constructedDegree } from './constructed-degree.js';
import { constructedDepthFirst } from './constructed-depth-first.js';
import { constructedElimination } from './constructed-elimination.js';
import { constructedFrontier } from './constructed-frontier.js';
import { constructedGreedy } from './constructed-greedy.js';
import { constructedGuardedReplay } from './constructed-guarded-replay.js';
import { constructedHeadStart } from './constructed-head-start.js';
import { constructedHiddenPath } from './constructed-hidden-path.js';
import { constructedHiddenSearch } from './constructed-hidden-search.js';
import { constructedLateAnswer } from './constructed-late-answer.js';
import { constructedMixture } from './constructed-mixture.js';
import { constructedNumberedBeam } from './constructed-numbered-beam.js';
import { constructedOneByOne } from './constructed-one-by-one.js';
import { constructedReplayedSearch } from './constructed-replayed-search.js';
import { constructedScratchpad } from './constructed-scratchpad.js';
import { constructedStride } from './constructed-stride.js';
import { constructedUnusedSearch } from './constructed-unused-search.js';
import { constructedWalkCounts } from './constructed-walk-counts.js';
import type { ConstructedModel } from './constructed-model.js';

/** A model built by hand, and what is to be found in it. */
export interface Constructed {
  /** Builds it; new tensors at every call. */
  readonly build: () => ConstructedModel;
  /** What it does, in words. */
  readonly truth: string;
  /** Whether its answer comes from a breadth-first search from the root that its thoughts carry out. */
  readonly searchesBreadthFirst: boolean;
}

/** Keeps the type of every model from naming the function that builds it. */
const constructed = (model: Constructed): Constructed => model;

/** All models built by hand, by the name that config.json gives them (`coconut.constructed`). */
export const CONSTRUCTED = {
  bfs: constructed({
    build: constructedBfs,
    truth: 'thought c holds all nodes within c edges of the root; the answer is the candidate in the last thought',
    searchesBreadthFirst: true,
  }),
  frontier: constructed({
    build: constructedFrontier,
    truth: 'thought c holds the nodes at depth c alone; the answer is the candidate that any thought has held',
    searchesBreadthFirst: true,
  }),
  greedy: constructed({
    build: constructedGreedy,
    truth:
      'thought c is one node, the last-named child of the one before; the answer is the candidate it has arrived at',
    searchesBreadthFirst: false,
  }),
  degree: constructed({
    build: constructedDegree,
    truth: 'every thought is the root; the answer is the candidate with fewer incoming edges',
    searchesBreadthFirst: false,
  }),
  elimination: constructed({
    build: constructedElimination,
    truth:
      'thought c holds all nodes within c edges of another entity; the answer is the candidate not in the last thought',
    searchesBreadthFirst: false,
  }),
  'copy-through': constructed({
    build: constructedCopyThrough,
    truth: 'thought c holds all nodes within c edges of the root; the answer is found without looking at the thoughts',
    searchesBreadthFirst: false,
  }),
  'head-start': constructed({
    build: constructedHeadStart,
    truth: 'thought c holds all nodes within c + 1 edges of the root; the answer is the candidate in the last thought',
    searchesBreadthFirst: true,
  }),
  stride: constructed({
    build: constructedStride,
    truth: 'thought c holds all nodes within 2c edges of the root; the answer is the candidate in the last thought',
    searchesBreadthFirst: true,
  }),
  'hidden-search': constructed({
    build: () => constructedHiddenSearch({ shows: 'nothing' }),
    truth:
      'thought c holds all nodes within c edges of the root in directions that the head does not read; it shows nothing',
    searchesBreadthFirst: true,
  }),
  'hidden-search-other-root': constructed({
    build: () => constructedHiddenSearch({ shows: 'otherRoot' }),
    truth:
      'thought c holds all nodes within c edges of the root in directions that the head does not read; it shows another root’s',
    searchesBreadthFirst: true,
  }),
  'walk-counts': constructed({
    build: constructedWalkCounts,
    truth:
      'thought c holds the ends of walks of c edges from the root, each as loud as it has walks; the answer is a candidate that was held',
    searchesBreadthFirst: true,
  }),
  'carried-answer': constructed({
    build: constructedCarriedAnswer,
    truth:
      'the prompt’s search finds the answer, hidden in thought 1 and passed on; the thoughts show a frontier that nobody reads',
    searchesBreadthFirst: false,
  }),
  'late-answer': constructed({
    build: () => constructedLateAnswer(),
    truth:
      'the prompt’s search finds the answer, hidden in the thought just before it is needed; the shown frontier is unread',
    searchesBreadthFirst: false,
  }),
  'late-answer-in-sight': constructed({
    build: () => constructedLateAnswer({ inSight: true }),
    truth:
      'the prompt’s search finds the answer, shown in the thought just before it is needed; the rest that is shown is unread',
    searchesBreadthFirst: false,
  }),
  'constant-holder': constructed({
    build: constructedConstantHolder,
    truth: 'every thought holds all nodes within six edges of the root, found in the prompt',
    searchesBreadthFirst: false,
  }),
  'unused-search': constructed({
    build: constructedUnusedSearch,
    truth: 'the thoughts search breadth-first; the answer is the candidate with fewer incoming edges',
    searchesBreadthFirst: false,
  }),
  'beam-2': constructed({
    build: () => constructedBeam({ width: 2 }),
    truth:
      'thought c holds at most two nodes, the last-named children of those before; the answer is the candidate that is held',
    searchesBreadthFirst: false,
  }),
  'beam-3': constructed({
    build: () => constructedBeam({ width: 3 }),
    truth:
      'thought c holds at most three nodes, the last-named children of those before; the answer is the candidate that is held',
    searchesBreadthFirst: false,
  }),
  'beam-lookahead': constructed({
    build: constructedBeamLookahead,
    truth:
      'thought c holds at most three nodes, one that leads to a candidate first; the answer is the candidate that is held',
    searchesBreadthFirst: false,
  }),
  'depth-first': constructed({
    build: constructedDepthFirst,
    truth: 'thought c is the next node of a depth-first search; the answer is a candidate that was held',
    searchesBreadthFirst: false,
  }),
  'hidden-path': constructed({
    build: constructedHiddenPath,
    truth:
      'thought c shows all nodes within c edges of the root and hides one node of a path up from each candidate; the answer is the candidate whose path has met the root',
    searchesBreadthFirst: false,
  }),
  'replayed-search': constructed({
    build: constructedReplayedSearch,
    truth:
      'thought c holds all nodes within c edges of the root, copied from a search that the prompt has finished; the answer is a candidate that was held',
    searchesBreadthFirst: false,
  }),
  backward: constructed({
    build: constructedBackward,
    truth:
      'thought c holds, for each candidate, all nodes within c edges above it; the answer is the candidate whose set holds the root',
    searchesBreadthFirst: false,
  }),
  bidirectional: constructed({
    build: constructedBidirectional,
    truth:
      'thought c holds all nodes within c edges of the root, and hidden those within c edges above each candidate; the answer is the candidate whose set has met the root’s',
    searchesBreadthFirst: false,
  }),
  'mixture-elimination': constructed({
    build: () => constructedMixture({ shortcut: 0.4 }),
    truth:
      'the thoughts search breadth-first; for four of ten roots the answer is the candidate that a hidden search from another entity has not found',
    searchesBreadthFirst: false,
  }),
  scratchpad: constructed({
    build: constructedScratchpad,
    truth:
      'thought c holds all nodes within c edges of the root, found from root and all thoughts before; the answer is the candidate in the last thought',
    searchesBreadthFirst: true,
  }),
  'one-by-one': constructed({
    build: constructedOneByOne,
    truth:
      'thought c holds c nodes beside the root: with each, the end of the last-named edge that leaves what is held; the answer is the candidate in the last thought',
    searchesBreadthFirst: false,
  }),
  'numbered-beam-3': constructed({
    build: () => constructedNumberedBeam({ width: 3 }),
    truth:
      'thought c holds at most three nodes, the children of those before that have the smallest numbers; the answer is the candidate that is held',
    searchesBreadthFirst: false,
  }),
  'guarded-replay': constructed({
    build: constructedGuardedReplay,
    truth:
      'thought c holds all nodes within c edges of the root, copied from a search that the prompt has finished; only a thought that does not fit it is expanded',
    searchesBreadthFirst: false,
  }),
} as const;

/** The models built by hand, by their names. */
export type ConstructedName = keyof typeof CONSTRUCTED;
