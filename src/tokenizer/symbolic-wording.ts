import type { Item } from '../dataset/index.js';
import { symbolicPath, type DecodingFormat } from './decoding-format.js';
import { LensError } from '../errors.js';
import { SYMBOLIC_NODES, SYMBOLIC_TOKENS, symbolicTokenizer } from './symbolic-tokenizer.js';
import type { Wording } from './tokenizer.js';

const EOS = SYMBOLIC_TOKENS['<eos>'];
const LATENT = SYMBOLIC_TOKENS['<|latent|>'];

/** More than the longest path of a released item, 6 nodes, then `[A]` and the answer. */
const MAX_SPOKEN_TOKENS = 12;

/** After the thoughts the path goes on node by node, then `[A]` and the answer. */
const decoding: DecodingFormat = {
  suffix: [],
  maxNewTokens: MAX_SPOKEN_TOKENS,
  firstNodeOffset: 1,
  pathOf: symbolicPath,
  answerOf(ids, item) {
    const at = ids.indexOf(SYMBOLIC_TOKENS['[A]']);
    return at < 0 ? undefined : answerAfterMarker(ids.slice(at + 1), item);
  },
  isSettled(ids) {
    const at = ids.indexOf(SYMBOLIC_TOKENS['[A]']);
    return at >= 0 && ids.length > at + 1;
  },
};

/**
 * The symbolic wording of Reasoning by Superposition (arXiv 2505.12514):
 * `<eos> s t | s t | ... | s t [Q] a b [R] root`, then the thoughts, so that the first one is the hidden state at the
 * root's token, then `[A]` and the answer's node. Edges and candidates keep the item's order.
 */
export const symbolicWording: Wording = {
  tokenizer: symbolicTokenizer,
  eos: EOS,
  pad: EOS,
  latent: LATENT,
  suffix: [SYMBOLIC_TOKENS['[A]']],
  answering: { kind: 'token' },
  decoding,
  answerStem: () => [],
  prompt: (item) => symbolicPrompt(item),
  answer(item) {
    requireSymbolic(item);
    return [item.target, EOS];
  },
  nodeToken,
  nodeTokens: (item, node) => [nodeToken(item, node)],
  collisions: () => [],
  answerOf: answerAfterMarker,
  isSettled: (ids) => ids.length > 0,
};

/**
 * The same for models that reason in language: after the root they say the path node by node, then `[A]` and the answer.
 */
export const spokenSymbolicWording: Wording = {
  ...symbolicWording,
  suffix: [],
  answering: { kind: 'text', maxNewTokens: MAX_SPOKEN_TOKENS },
  answerStem: () => [SYMBOLIC_TOKENS['[A]']],
  answerOf: (ids, item) => decoding.answerOf(ids, item),
  isSettled: (ids) => decoding.isSettled(ids),
};

/**
 * What questions about the same statements in the same order share of their prompts, as token ids: everything up to
 * `[Q]`.
 *
 * @throws LensError if the item has more than 31 nodes
 */
export function symbolicStatements(item: Item): number[] {
  requireSymbolic(item);
  // A loop: training words thousands of questions a second.
  const ids: number[] = [];
  for (const [source, target] of item.edges) ids.push(ids.length === 0 ? EOS : SYMBOLIC_TOKENS['|'], source, target);
  return ids;
}

/**
 * The item's prompt as token ids, ending at the root's token; with `thoughts`, followed by as many `<|latent|>`
 * placeholders (for displays and for runs that take ids only). It has 3 ids per edge, 5 more, and the placeholders.
 *
 * @throws LensError if the item has more than 31 nodes
 */
export function symbolicPrompt(item: Item, { thoughts = 0 }: { readonly thoughts?: number } = {}): number[] {
  const { '[Q]': QUESTION, '[R]': ROOT } = SYMBOLIC_TOKENS;
  const question = [QUESTION, ...item.candidates, ROOT, item.root];
  return [...symbolicStatements(item), ...question, ...new Array<number>(thoughts).fill(LATENT)];
}

/** The node that stands right after `[A]`. */
function answerAfterMarker(ids: readonly number[], item: Item): number | undefined {
  const answer = ids.at(0);
  return answer !== undefined && answer >= 0 && answer < item.names.length ? answer : undefined;
}

function nodeToken(item: Item, node: number): number {
  requireSymbolic(item);
  if (!Number.isInteger(node) || node < 0 || node >= item.names.length) {
    throw new RangeError(`node is ${node}, but item ${item.id} has ${item.names.length} nodes`);
  }
  return node;
}

function requireSymbolic(item: Item): void {
  if (item.names.length <= SYMBOLIC_NODES) return;
  throw new LensError(
    `item ${item.id}`,
    `has ${item.names.length} nodes, the symbolic vocabulary ${SYMBOLIC_NODES} (0..${SYMBOLIC_NODES - 1})`,
    'leave it out, or use a model with the English wording',
  );
}
