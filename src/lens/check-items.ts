import type { Gpt2Config } from '../checkpoint/index.js';
import type { Item } from '../dataset/index.js';
import { requireDisjointNames } from '../recording/index.js';
import type { Wording } from '../tokenizer/index.js';
import { LensError } from '../errors.js';
import { requireWhole } from '../require-whole.js';

/** What items are about to be put through. */
export interface ItemsDemand {
  readonly config: Gpt2Config;
  readonly wording: Wording;
  /** k, thoughts after each prompt. */
  readonly thoughts: number;
  /** Thoughts that the model was made for: what k is where nobody asks for another number. */
  readonly madeFor: number;
  /** Positions that are read after the thoughts. */
  readonly following: number;
  /** Whether nodes are told apart by all tokens of their names. */
  readonly disjointNames: boolean;
}

/**
 * Finds an item that the wording cannot express or the model cannot read, before anything is computed or written.
 *
 * @param path the items' file, for messages; items are those at its beginning
 * @throws LensError if there are none, naming the first such item, or `--thoughts` where only the number asked for is too large
 */
export function checkItems(path: string, items: readonly Item[], demand: ItemsDemand): void {
  const { config, wording, thoughts, madeFor, following, disjointNames } = demand;
  const { nPositions } = config;
  if (items.length === 0) throw new LensError(path, 'has no items (0)', 'give at least one', 'usage');
  requireWhole('--thoughts', thoughts, 0);
  let longest = { length: 0, subject: '' };
  items.forEach((item, index) => {
    const subject = `${path} item ${index}`;
    const length = naming(subject, item, () => {
      if (disjointNames) requireDisjointNames(item, wording);
      return wording.prompt(item).length;
    });
    if (length + Math.min(thoughts, madeFor) + following > nPositions) {
      throw new LensError(
        subject,
        `does not fit the model (${length} tokens, ${thoughts} thoughts and ${following} positions after them; ` +
          `the model reads ${nPositions})`,
        'leave it out, or ask for fewer thoughts',
      );
    }
    if (length > longest.length) longest = { length, subject };
  });
  const most = nPositions - longest.length - following;
  if (thoughts <= most) return;
  throw new LensError(
    '--thoughts',
    `so many do not fit the model (${thoughts}; ${longest.subject} has ${longest.length} tokens, ${following} positions ` +
      `follow the thoughts, the model reads ${nPositions})`,
    `ask for at most ${most}`,
    'usage',
  );
}

/** An error about an item, told by its place in the file. */
function naming<T>(subject: string, item: Item, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof LensError)) throw error;
    throw new LensError(subject, error.message.replace(`item ${item.id}: `, ''), undefined, 'failure', error);
  }
}
