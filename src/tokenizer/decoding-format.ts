import type { Item } from '../dataset/index.js';
import { SYMBOLIC_NODES, SYMBOLIC_TOKENS } from './symbolic-tokenizer.js';

/**
 * The nodes that a text names one after the other, as steps along edges. null stands for what names no node of the item,
 * and for a break: a step that does not begin where the one before it ended, or a sentence that is no step.
 */
export type EmittedPath = readonly (number | null)[];

/**
 * How a model is let speak freely once its thoughts are cut short: nothing is put into its mouth but the end of the
 * thoughts, and it goes on with the rest of its path, or with the answer at once.
 */
export interface DecodingFormat {
  /** Read after the last thought: `<|end-latent|>` in English, nothing in the symbolic wording (not `[A]`). */
  readonly suffix: readonly number[];
  readonly maxNewTokens: number;
  /**
   * How deep the first node named lies below the root, if the model goes on where its thoughts ended: after k thoughts at
   * depth k + lead. 0 in English, whose steps name their source; 1 in the symbolic wording, whose path is a list of nodes.
   */
  readonly firstNodeOffset: 0 | 1;
  /** The path that generated ids (those after `suffix`) say before their answer; empty if they say none. */
  pathOf(ids: readonly number[], item: Item): EmittedPath;
  /** The node that they give as their answer; undefined if they name none. */
  answerOf(ids: readonly number[], item: Item): number | undefined;
  /** Whether `pathOf` and `answerOf` are the same whatever follows these ids. */
  readonly isSettled: (ids: readonly number[]) => boolean;
}

/** The symbolic wording's path: every token before the first `[A]` or `<eos>`; only the item's node numbers are nodes. */
export function symbolicPath(ids: readonly number[], { names }: Pick<Item, 'names'>): EmittedPath {
  const end = ids.findIndex((id) => id === SYMBOLIC_TOKENS['[A]'] || id === SYMBOLIC_TOKENS['<eos>']);
  const said = end < 0 ? ids : ids.slice(0, end);
  return said.map((id) => (id >= 0 && id < Math.min(names.length, SYMBOLIC_NODES) ? id : null));
}

/**
 * The path of steps in English, everything before the first `#`: sentences "Every x is a y." or "Tom is a y.", with or
 * without "Every" and whatever stands between them of white space. The text begins with `Every` or a name, right after
 * `<|end-latent|>`. A sentence of another form, or one that was cut off, is a null.
 */
export function englishPath(text: string, { names }: Pick<Item, 'names'>): EmittedPath {
  const path: (number | null)[] = [];
  const said = text.split('#')[0];
  for (const sentence of said.split('.').map((part) => part.trim())) {
    if (sentence === '') continue;
    const match = /^(?:Every )?(\S+) is an? (\S+)$/.exec(sentence);
    if (match === null) {
      path.push(null);
      continue;
    }
    const [from, to] = [nodeNamed(names, match[1]), nodeNamed(names, match[2])];
    if (path.length === 0) path.push(from);
    else if (from === null || path[path.length - 1] !== from) path.push(null, from);
    path.push(to);
  }
  return path;
}

function nodeNamed(names: readonly string[], name: string): number | null {
  const node = names.indexOf(name);
  return node < 0 ? null : node;
}
