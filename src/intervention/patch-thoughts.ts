import { supplyThoughts, type ReplaceThought } from '../model/index.js';
import type { HostTensor } from '../tensor/index.js';
import { requireThoughts, selectRows } from './thought-rows.js';

/**
 * Puts thoughts of other items in place of a run's own at some steps. The steps before them are the run's own, those after
 * them are computed from what was put in: an interchange at these steps alone. An item's own thoughts change nothing, to the
 * bit (in models that read their thoughts; a pause model reads a learned token there, so that anything put in changes what
 * is read).
 *
 * @param donorThoughts [donors, k, d]
 * @param steps thoughts c to replace, each in 1..k
 * @param donors [batch]: whose thoughts each row of the run gets; default row i those of donor i
 * @throws LensError if the thoughts are none, or there is no such donor or step
 */
export function patchThoughts(
  donorThoughts: HostTensor,
  steps: readonly number[],
  donors?: readonly number[],
): ReplaceThought {
  const thoughts = requireThoughts('donor thoughts', donorThoughts);
  return supplyThoughts(donors === undefined ? thoughts : selectRows(thoughts, donors), steps);
}
