import { isDeepStrictEqual } from 'node:util';
import { LensError } from '../errors.js';
import type { ProbeData } from './probe-data.js';
import type { ThoughtFits } from './thought-fits.js';

/** Another model's thoughts about the same items: a probe of them is one more baseline. */
export interface BaselineRecording {
  /** Of the model; what the baseline is called. */
  readonly name: string;
  readonly data: ProbeData;
  /** Of `data`, by `prepareThoughts`. */
  readonly fits: ThoughtFits;
}

/**
 * Checks that two recordings are of the same items in the same order, asked with the same node numbers, so that labels,
 * graphs and folds are shared and differences are paired.
 *
 * @throws LensError that names the other recording
 */
export function checkBaselineRecording(data: ProbeData, name: string, other: ProbeData): void {
  const remedy = 'record the same items with the same --permute-ids and number of thoughts';
  if (other.items.length !== data.items.length)
    throw new LensError(name, `has ${other.items.length} items, not ${data.items.length}`, remedy);
  if (other.thoughts < data.thoughts)
    throw new LensError(name, `has ${other.thoughts} thoughts for each item, not ${data.thoughts}`, remedy);
  data.items.forEach(({ item, ids }, row) => {
    const own = other.items[row];
    if (!isDeepStrictEqual(own.item, item))
      throw new LensError(
        name,
        `has another item ${row} ('${own.item.id}', not '${item.id}', or the same asked otherwise)`,
        remedy,
      );
    if (!isDeepStrictEqual(own.ids, ids))
      throw new LensError(
        name,
        `knows the nodes of item '${item.id}' otherwise (another wording)`,
        'compare models of one wording',
      );
  });
}
