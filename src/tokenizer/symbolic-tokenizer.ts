import { LensError } from '../errors.js';
import type { Tokenizer } from './tokenizer.js';

/** Nodes that the symbolic vocabulary can name; node i is token i. */
export const SYMBOLIC_NODES = 31;

/** The ids of the symbolic vocabulary's special tokens, as in the checkpoints of arXiv 2505.12514. */
export const SYMBOLIC_TOKENS = {
  '<|start-latent|>': 31,
  '<|end-latent|>': 32,
  '<|latent|>': 33,
  '|': 34,
  '[Q]': 35,
  '[R]': 36,
  '[A]': 37,
  '<eos>': 38,
  '<|no-answer|>': 39,
} as const;

const TEXTS: readonly string[] = [
  ...Array.from({ length: SYMBOLIC_NODES }, (_, node) => String(node)),
  ...Object.keys(SYMBOLIC_TOKENS),
];
const IDS = new Map(TEXTS.map((text, id) => [text, id]));

/**
 * The 40 tokens of the symbolic wording of Reasoning by Superposition (arXiv 2505.12514): the node numbers 0 to 30 and
 * {@link SYMBOLIC_TOKENS}. Text has a space between tokens.
 */
export const symbolicTokenizer: Tokenizer = {
  name: 'symbolic',
  vocabularySize: TEXTS.length,
  source: { package: 'coconut-lens' },
  encode(text) {
    return text.split(' ').map((word) => {
      const id = IDS.get(word);
      if (id === undefined) {
        throw new LensError(
          'symbolic vocabulary',
          `has no token for "${word}"`,
          `use node numbers 0..${SYMBOLIC_NODES - 1}, | [Q] [R] [A] <eos> and the latent markers, one space apart`,
        );
      }
      return id;
    });
  },
  decode(ids) {
    return ids
      .map((id) => {
        if (!(id in TEXTS)) {
          throw new LensError('symbolic vocabulary', `has no token ${id}`, `ids are 0..${TEXTS.length - 1}`);
        }
        return TEXTS[id];
      })
      .join(' ');
  },
};
