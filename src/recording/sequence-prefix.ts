import type { Item } from '../dataset/index.js';
import type { Wording } from '../tokenizer/index.js';
import type { SequencePrefix } from './thought-record.js';

/**
 * What the sequence scorer reads before a name: what follows the thoughts in this wording (`<|end-latent|>`, or `[A]`),
 * and the beginning of a sentence. Where the model speaks English that is `Every` by default, without a space before it,
 * as what a model was trained on begins (Coconut's concept value, arXiv 2412.06769, section 4.3): "Every lempus is
 * a ..." names a node at depth c after c thoughts.
 *
 * @param text in place of the default; empty for no language at all
 */
export function sequencePrefix(
  { suffix, tokenizer, answering }: Pick<Wording, 'suffix' | 'tokenizer' | 'answering'>,
  text?: string,
): SequencePrefix {
  const begun = text ?? (answering.kind === 'text' ? 'Every' : '');
  const tokens = [...suffix, ...(begun === '' ? [] : tokenizer.encode(begun))];
  return { text: tokenizer.decode(tokens), tokens };
}

/** Tokens of the longest name of all: the continuations of a batch are read to one length. */
export function longestName(items: readonly Item[], wording: Pick<Wording, 'nodeTokens'>): number {
  return items.reduce(
    (most, item) => item.names.reduce((n, _, node) => Math.max(n, wording.nodeTokens(item, node).length), most),
    1,
  );
}
