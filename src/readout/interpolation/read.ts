import { itemSearch, type Item } from '../../dataset/index.js';
import type { BootstrapOptions } from '../../statistics/index.js';
import { GraphEstimates } from '../kit/graph-estimates.js';
import { range, readoutHead, record } from '../kit/readout-result.js';
import { blindWalk, guessedEnding, PROCESS_CLASSES, processClass, type Continuation } from './process-class.js';
import type { InterpolationReadout } from './schema.js';

/** What a model said of one item when its thoughts were cut short after k = 0 .. K of them. */
export interface InterpolationObservation {
  readonly item: Item;
  /** At which depth a whole path begins: `DecodingFormat.firstNodeOffset` of the wording. */
  readonly firstNodeOffset: number;
  /** [K + 1], entry k after k thoughts. */
  readonly continuations: readonly Continuation[];
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
