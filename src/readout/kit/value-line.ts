import type { Scorer } from '../../recording/index.js';

/** What a node's value is, in a line; null where nothing was read. */
export function valueLine(scorer: Scorer | null): string {
  if (scorer === 'sequence')
    return "V: the product of the probabilities of all tokens of a node's name, in language after c thoughts.";
  return "V: the probability of a node's token where thought c goes through the LM head.";
}
