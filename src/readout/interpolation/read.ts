import { itemSearch, type Item } from '../../dataset/index.js';
import type { BootstrapOptions, Estimate } from '../../statistics/index.js';
import { GraphEstimates } from '../kit/graph-estimates.js';
import { range, readoutHead, record, type ReadoutHead } from '../kit/readout-result.js';
import {
  blindWalk,
  guessedEnding,
  PROCESS_CLASSES,
  processClass,
  type ProcessClass,
  type Continuation,
} from './process-class.js';

/** What a model said of one item when its thoughts were cut short after k = 0 .. K of them. */
export interface InterpolationObservation {
  readonly item: Item;
  /** At which depth a whole path begins: `DecodingFormat.firstNodeOffset` of the wording. */
  readonly firstNodeOffset: number;
  /** [K + 1], entry k after k thoughts. */
  readonly continuations: readonly Continuation[];
}

/** What was said after one number of thoughts. Shares have Wilson intervals over graphs. */
export interface SpokenAfter {
  /** k. */
  readonly thought: number;
  /** Share of each class; they sum to 1. */
  readonly classes: Readonly<Record<ProcessClass, Estimate>>;
  readonly answer: {
    /** Share of answers that are the target; none named counts as wrong. Chance for one who guesses a candidate: .5. */
    readonly right: Estimate;
    /** Share of items where one of the two candidates is named. */
    readonly candidate: Estimate;
  };
  /** Mean number of the item's nodes that are named before the answer. */
  readonly nodes: Estimate;
}

/** Between thinking and speaking (Coconut, arXiv 2412.06769 v3, sections 4.1 and 4.2, figure 3). */
export interface InterpolationReadout extends ReadoutHead<'interpolation'> {
  /** Share of correct paths that a random walk from the root has, which ignores the candidates ({@link blindWalk}). */
  readonly blindWalk: Estimate;
  /**
   * The same of one who guesses a candidate and says its last step ({@link guessedEnding}): what `correctPath` has without
   * any search from k = 1 on.
   */
  readonly guessedEnding: Estimate;
  readonly perThought: readonly SpokenAfter[];
}

/**
 * What a model says when it has to stop thinking early.
 *
 * @param observations one per item; all with the same numbers of thoughts, or each number is counted where it is there
 * @throws RangeError if `resamples` or `level` is out of range
 */
export function readInterpolation(
  observations: readonly InterpolationObservation[],
  options: BootstrapOptions,
): InterpolationReadout {
  const found = new GraphEstimates();
  for (const { item, firstNodeOffset, continuations } of observations) {
    const { graph } = itemSearch(item);
    found.startItem(item);
    found.addMean('blind', blindWalk(graph, item));
    found.addMean('guessed', guessedEnding(graph, item, firstNodeOffset));
    continuations.forEach((continuation, k) => {
      const own = processClass(graph, item, continuation, k === 0 ? firstNodeOffset : undefined);
      for (const name of PROCESS_CLASSES) found.addMean(`${k} ${name}`, Number(name === own));
      found.addMean(`${k} right`, Number(continuation.answer === item.target));
      found.addMean(
        `${k} candidate`,
        Number(continuation.answer === item.target || continuation.answer === item.decoy),
      );
      found.addMean(`${k} nodes`, continuation.path.filter((node) => node !== null).length);
    });
  }
  const estimate = found.estimates(options);
  return {
    ...readoutHead('interpolation', found, options),
    blindWalk: estimate('blind'),
    guessedEnding: estimate('guessed'),
    perThought: range(Math.max(0, ...observations.map(({ continuations }) => continuations.length))).map((k) => ({
      thought: k,
      classes: record(PROCESS_CLASSES, (name) => found.share(`${k} ${name}`)),
      answer: { right: found.share(`${k} right`), candidate: found.share(`${k} candidate`) },
      nodes: estimate(`${k} nodes`),
    })),
  };
}
