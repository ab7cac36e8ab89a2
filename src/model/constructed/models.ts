import { constructedBfs } from './constructed-bfs.js';
import { constructedCopyThrough } from './constructed-copy-through.js';
import { constructedDegree } from './constructed-degree.js';
import { constructedElimination } from './constructed-elimination.js';
import { constructedFrontier } from './constructed-frontier.js';
import { constructedGreedy } from './constructed-greedy.js';
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
} as const;

/** The models built by hand, by their names. */
export type ConstructedName = keyof typeof CONSTRUCTED;
