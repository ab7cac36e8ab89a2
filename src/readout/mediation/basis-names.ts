/**
 * The subspaces in which a difference of thoughts is looked for, in the order of tables.
 *
 * Of all nodes of the item:
 * - `head`: the LM head's rows of their tokens, along which a thought is read as logits: what it displays
 * - `embedding`: their input embeddings; left out where the head is tied to them
 * - `query`: what the heads of layer 0 ask of their tokens' keys
 * - `carriedQuery`: what the heads of layer 1 ask of keys to which a head of layer 0 has carried their tokens
 *
 * By derivatives at the item's own thought:
 * - `nextThought`: the first right singular directions of the Jacobian of the next thought, as many as `head` has dimensions
 * - `answer`: the gradient of the answer's logit difference, through all later thoughts; one dimension
 *
 * Of the head's rows, some:
 * - `frontier`: of the nodes at the thought's depth, in the item or in the swapped question
 * - `otherNodes`: of all other nodes of the item
 *
 * Controls:
 * - `random`: as many random directions as `head` has dimensions
 * - `absent`: the head's rows of as many node tokens that the item does not have
 */
export const MEDIATION_BASES = [
  'head',
  'embedding',
  'query',
  'carriedQuery',
  'nextThought',
  'answer',
  'frontier',
  'otherNodes',
  'random',
  'absent',
] as const;

/** A subspace of thoughts, see `MEDIATION_BASES`. */
export type BasisName = (typeof MEDIATION_BASES)[number];

/** The subspaces in words. */
export const MEDIATION_WORDS: Readonly<Record<BasisName, string>> = {
  head: 'head',
  embedding: 'embedding',
  query: 'query',
  carriedQuery: 'carried query',
  nextThought: 'next thought',
  answer: 'answer',
  frontier: 'frontier nodes',
  otherNodes: 'other nodes',
  random: 'random',
  absent: 'absent nodes',
};
