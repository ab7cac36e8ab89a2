import { englishAnswer, englishQuestion, englishSteps, type Item } from '../dataset/index.js';
import { englishPath } from './decoding-format.js';
import { LensError } from '../errors.js';
import type { TextTokenizer } from './text-tokenizer.js';
import type { Wording } from './tokenizer.js';

/** As many tokens as run.py of facebookresearch/coconut lets a model write on ProsQA. */
const MAX_NEW_TOKENS = 128;

/** How English items are worded. */
export interface EnglishOptions {
  /**
   * Whether `<|start-latent|>` and `<|end-latent|>` stand around the thoughts, also when there are none. Default true.
   * The official CoT, no-CoT and "w/o thought" models were trained without them (`no_special_marker`).
   */
  readonly markers?: boolean | undefined;
}

/** The English wording, and what a model is trained to say in it. */
export interface EnglishWording extends Wording {
  readonly tokenizer: TextTokenizer;
  /** The item's path in language, each step `Every x is a y.` or `Tom is a y.` with its line end. */
  steps(item: Item): number[][];
}

/**
 * ProsQA in English, token for token as dataset.py of facebookresearch/coconut (arXiv 2412.06769) puts it together:
 * question and line end, `<|start-latent|>`, k thoughts, `<|end-latent|>`, steps with a line end each,
 * `### Tom is a lempus.`, end token. Every piece is tokenised by itself, so that what follows `<|end-latent|>` begins
 * with `Every` or a name without a leading space.
 *
 * The prompt ends with `<|start-latent|>`, where the first thought is read, and the suffix is `<|end-latent|>`. Without
 * thoughts both markers still stand (Coconut's own evaluation at k = 0); see {@link EnglishOptions.markers}.
 *
 * Names are several tokens long. `nodeToken` and `nodeTokens` give them as they stand after "a " or "Every ", with the
 * leading space; entities likewise, though an answer or step begins with theirs without a space.
 *
 * @throws LensError if markers are asked for and the tokenizer has no latent tokens
 */
export function englishWording(tokenizer: TextTokenizer, { markers = true }: EnglishOptions = {}): EnglishWording {
  const { eos, latentTokens } = tokenizer;
  if (markers && latentTokens === undefined) {
    throw new LensError(
      'English wording',
      `${tokenizer.name} has no latent tokens`,
      'add them, or leave the markers out',
    );
  }
  const marker = (which: 'start' | 'end'): number[] => (markers && latentTokens ? [latentTokens[which]] : []);
  const known = new Map<string, readonly number[]>();
  const nameTokens = (name: string): readonly number[] => {
    const tokens = known.get(name) ?? tokenizer.encode(` ${name}`);
    known.set(name, tokens);
    return tokens;
  };
  const nodeTokens = (item: Item, node: number): readonly number[] => {
    if (!Number.isInteger(node) || node < 0 || node >= item.names.length) {
      throw new RangeError(`node is ${node}, but item ${item.id} has ${item.names.length} nodes`);
    }
    return nameTokens(item.names[node]);
  };
  return {
    tokenizer,
    eos,
    pad: eos,
    latent: latentTokens?.latent ?? eos,
    suffix: marker('end'),
    answering: { kind: 'text', maxNewTokens: MAX_NEW_TOKENS },
    decoding: {
      suffix: marker('end'),
      maxNewTokens: MAX_NEW_TOKENS,
      firstNodeOffset: 0,
      pathOf: (ids, item) => englishPath(textOf(tokenizer, ids), item),
      answerOf: (ids, item) => answerOf(tokenizer, ids, item),
      isSettled,
    },
    answerStem: (item) => tokenizer.encode(`### ${item.names[item.root]} is a`),
    prompt: (item) => [...tokenizer.encodePrompt(`${englishQuestion(item, item.names)}\n`), ...marker('start')],
    steps: (item) => englishSteps(item).map((step) => tokenizer.encode(`${step}\n`)),
    answer: (item) => [...tokenizer.encode(`### ${englishAnswer(item)}`), eos],
    nodeToken: (item, node) => nodeTokens(item, node)[0],
    nodeTokens: (item, node) => [...nodeTokens(item, node)],
    collisions: (names) => collisions(names, (name) => nameTokens(name)[0]),
    answerOf: (ids, item) => answerOf(tokenizer, ids, item),
    isSettled,
  };
}

/** Never: what stands after the last `#` counts, to the letter, and until the end token there can be more, or another `#`. */
function isSettled(): boolean {
  return false;
}

function collisions(names: readonly string[], firstToken: (name: string) => number): string[][] {
  const groups = new Map<number, string[]>();
  for (const name of new Set(names)) {
    const token = firstToken(name);
    groups.set(token, [...(groups.get(token) ?? []), name]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/**
 * The rule of run.py: what stands after the last `#`, without commas and outer white space, must be the answer to the
 * letter. Without a `#` there is no answer (there the official text still holds the question, which is no answer
 * either). Ids that the tokenizer does not have, in models with a padded vocabulary, are passed over.
 */
function answerOf(tokenizer: TextTokenizer, ids: readonly number[], item: Item): number | undefined {
  const text = textOf(tokenizer, ids);
  if (!text.includes('#')) return undefined;
  const said = bare(text.slice(text.lastIndexOf('#') + 1));
  const node = item.names.findIndex((_, candidate) => bare(englishAnswer(item, candidate)) === said);
  return node < 0 ? undefined : node;
}

/** Without the end token and ids that the tokenizer does not have. */
function textOf(tokenizer: TextTokenizer, ids: readonly number[]): string {
  return tokenizer.decode(ids.filter((id) => id < tokenizer.vocabularySize && id !== tokenizer.eos));
}

function bare(text: string): string {
  return text.replaceAll(',', '').trim();
}
