import { SYMBOLIC_TOKENS, symbolicTokenizer } from '../../tokenizer/index.js';

/** Neighbouring features of the residual stream. */
export interface Block {
  /** Number of its first feature in the whole stream. */
  readonly start: number;
  /** How many features it has. */
  readonly size: number;
}

/** Lays blocks of the given sizes one after the other. */
function layOut<Name extends string>(
  sizes: readonly (readonly [Name, number])[],
  first = 0,
): Readonly<Record<Name, Block>> {
  let start = first;
  const blocks = sizes.map(([name, size]) => {
    const block = { start, size };
    start += size;
    return [name, block] as const;
  });
  return Object.fromEntries(blocks) as Record<Name, Block>;
}

const VOCABULARY = symbolicTokenizer.vocabularySize;

/** Cosine and sine for each of 16 frequencies. */
export const POSITION_FREQUENCIES = 16;

/**
 * What the residual stream of a constructed model holds. The first four blocks have one feature per token of the
 * vocabulary: `token` says which token stands here (or which nodes the thought here superposes), `previous` the same
 * of the position before, `beforePrevious` of the one before that, `candidates` which nodes the question names
 * (filled only at `[A]`). `position` is the position's code.
 */
export const LAYOUT = layOut([
  ['token', VOCABULARY],
  ['previous', VOCABULARY],
  ['beforePrevious', VOCABULARY],
  ['candidates', VOCABULARY],
  ['position', 2 * POSITION_FREQUENCIES],
]);

/** Features in all of constructed-bfs; its residual stream is twice as wide, since each is stored as (x, -x). */
export const FEATURES = Object.values(LAYOUT).reduce((sum, { size }) => sum + size, 0);

/** What a variant holds beside the blocks of {@link LAYOUT}: further blocks, which come after them. */
export function furtherBlocks<Name extends string>(
  sizes: readonly (readonly [Name, number])[],
): Readonly<Record<Name, Block>> {
  return layOut(sizes, FEATURES);
}

/** The feature of a block by its index there. */
export function featureOf(block: Block, index: number): number {
  if (!Number.isInteger(index) || index < 0 || index >= block.size) {
    throw new RangeError(`feature ${index} is outside a block of ${block.size}`);
  }
  return block.start + index;
}

/** The feature of a block that stands for one of the symbolic vocabulary's special tokens. */
export function symbolFeature(block: Block, symbol: keyof typeof SYMBOLIC_TOKENS): number {
  return featureOf(block, SYMBOLIC_TOKENS[symbol]);
}
