/**
 * What is done to thought t, in which a search holds the frontier, the nodes at depth t:
 *
 * - `onWay`: one frontier node on a shortest path to the target is removed
 * - `offWay`: one that is on none is removed
 * - `allLeading`: all nodes reached so far from which the target is reached are removed at once
 * - `added`: a node that the root never reaches is added
 *
 * Removed, a node is displayed as never-reached nodes are; added, as the frontier is.
 */
export const PROPAGATION_EDITS = ['onWay', 'offWay', 'allLeading', 'added'] as const;

/** What is done to a thought, see `PROPAGATION_EDITS`. */
export type PropagationEdit = (typeof PROPAGATION_EDITS)[number];

/** The edits in words. */
export const PROPAGATION_WORDS: Readonly<Record<PropagationEdit, string>> = {
  onWay: 'removed, on the way',
  offWay: 'removed, off the way',
  allLeading: 'removed, all that lead',
  added: 'added',
};

/**
 * Whose display is read: the edited nodes' own at thought t, their exclusive children's at t + 1, and their exclusive
 * grandchildren's at t + 2.
 */
export const PROPAGATION_READINGS = ['own', 'children', 'grandchildren'] as const;

/** Whose display is read, see `PROPAGATION_READINGS`. */
export type PropagationReadingName = (typeof PROPAGATION_READINGS)[number];

/** The readings in words. */
export const PROPAGATION_READING_WORDS: Readonly<Record<PropagationReadingName, string>> = {
  own: 'itself, t',
  children: 'children, t + 1',
  grandchildren: 'grandchildren, t + 2',
};

/**
 * What takes the place of thought t: `edited`, or a reference. `wrongNode`: the same edit of another node, or of other nodes,
 * read at the same places. `sameSize`: as long a step in a random direction.
 */
export const PROPAGATION_ARMS = ['edited', 'wrongNode', 'sameSize'] as const;

/** An edit or a reference, see `PROPAGATION_ARMS`. */
export type PropagationArm = (typeof PROPAGATION_ARMS)[number];
