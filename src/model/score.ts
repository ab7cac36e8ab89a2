import { LensError } from '../errors.js';
import type { HostTensor } from '../tensor/index.js';
import { MASKED } from './attention.js';
import { continuationTree, type ContinuationTree, type Factor } from './continuation-tree.js';
import { float32, int32, roundUp } from './host-arrays.js';
import { checkTokens } from './prompts.js';
import type { Rollout } from './rollout.js';
import type { Runtime } from './runtime.js';

/** Token ids: [row][continuation][token]. Rows may have different continuations, of different lengths. */
export type Continuations = readonly (readonly (readonly number[])[])[];

/** How continuations are scored. */
export interface ScoreOptions {
  /**
   * Tokens read between the thoughts and every continuation, the same for every row: `<|end-latent|>` and the beginning
   * of a sentence in English, `[A]` in the symbolic format. Default none.
   */
  readonly prefix?: readonly number[] | undefined;
}

/** How probable one continuation is, in natural logarithms: exp(total) is its probability. */
export interface ContinuationScore {
  /** The sum over its tokens. */
  readonly total: number;
  /** Each token given prompt, thoughts, prefix and the tokens before it. */
  readonly tokens: readonly number[];
}

/** Trees are padded to a multiple of so many positions, so that few programs exist. */
const TREE_STEP = 16;

/** Rows go through the model together up to so many positions; more would cost memory and win nothing. */
const POSITIONS_AT_ONCE = 512;

/** Hidden states whose logits over the whole vocabulary exist at one time: 64 of GPT-2's are 13 MB. */
const LOGIT_ROWS = 64;

/**
 * The probability of many continuations after several numbers of thoughts. Prompt and thoughts are not read again:
 * each row's continuations form one tree (`continuationTree`), which is read in one pass over the keys and values that
 * the rollout left. It equals one forward pass per continuation to rounding. Changes nothing in the rollout.
 *
 * The product over a name's tokens is Coconut's value of a concept (arXiv 2412.06769, section 4.3), not normalised
 * over candidates. Logits of the tokens asked for and the sums over tokens are taken in double precision, the
 * normaliser of each position in float32.
 *
 * @param afters numbers of thoughts, each at most the rollout's
 * @returns [afters][row][continuation]
 * @throws LensError if the continuations are not one list per row, one is empty, or a token is not in the vocabulary
 */
export async function scoreAfter(
  rollout: Rollout,
  afters: readonly number[],
  continuations: Continuations,
  { prefix = [] }: ScoreOptions = {},
): Promise<ContinuationScore[][][]> {
  const { session, promptHidden } = rollout;
  const { runtime, batch } = session;
  checkContinuations(runtime, continuations, batch);
  const trees = continuations.map((row) => continuationTree(afters, prefix, row));
  const size = roundUp(Math.max(1, ...trees.map(({ nodes }) => nodes.length)), TREE_STEP);
  const atOnce = Math.max(1, Math.floor(POSITIONS_AT_ONCE / size));
  const scores: ContinuationScore[][][] = afters.map(() => []);
  for (let first = 0; first < batch; first += atOnce) {
    const group = trees.slice(first, first + atOnce);
    const hidden = await readTrees(rollout, first, group, size);
    const width = runtime.config.nEmbd;
    const states = new FactorStates(runtime, ({ row, from }) => {
      const { data } = from < 0 ? promptHidden : hidden;
      const index = from < 0 ? first + row : row * size + from;
      return Float32Array.from(data.subarray(index * width, (index + 1) * width));
    });
    group.forEach(({ factors }, row) => states.ask(row, factors));
    await states.normalise();
    group.forEach(({ factors }, row) => {
      factors.forEach((branch, i) => {
        scores[i].push(
          branch.map((continuation) => {
            const tokens = continuation.map((factor) => states.logProbability(row, factor));
            return { total: tokens.reduce((a, b) => a + b, 0), tokens };
          }),
        );
      });
    });
  }
  return scores;
}

function checkContinuations({ config }: Runtime, continuations: Continuations, batch: number): void {
  if (continuations.length !== batch) {
    throw new LensError(
      'continuations',
      `not one list per prompt (${continuations.length} lists, ${batch} prompts)`,
      'give every prompt its own',
      'usage',
    );
  }
  continuations.forEach((row, r) => {
    row.forEach((tokens, m) => {
      const subject = `continuation ${m} of prompt ${r}`;
      if (tokens.length === 0) throw new LensError(subject, 'no tokens (0)', 'give it at least one', 'usage');
      checkTokens(config, subject, tokens);
    });
  });
}

/**
 * One pass over the trees of some rows.
 *
 * @returns [rows, size, d]: the hidden state after ln_f at every node
 */
async function readTrees(
  { session, inputs, frozen = false }: Rollout,
  first: number,
  trees: readonly ContinuationTree[],
  size: number,
): Promise<HostTensor> {
  const { runtime, cache, prompts } = session;
  const width = runtime.config.nEmbd;
  const rows = trees.length;
  // All trees of a call have the same branches, hence the same thoughts.
  const leading = trees[0].nodes.filter(({ thought }) => thought !== undefined);
  const embedded = float32([rows, leading.length, width]);
  const after = int32([rows, size - leading.length]);
  const positions = int32([rows, size]);
  const bias = float32([rows, 1, size, cache.capacity + size]);
  bias.data.fill(MASKED);
  trees.forEach(({ nodes }, r) => {
    const padding = prompts.padding[first + r];
    nodes.forEach(({ token, thought, after: count, depth }, i) => {
      if (thought === undefined) after.data[r * (size - leading.length) + i - leading.length] = token;
      else {
        const from = (first + r) * width;
        embedded.data.set(inputs[thought - 1].data.subarray(from, from + width), (r * leading.length + i) * width);
      }
      positions.data[r * size + i] = prompts.length - padding + depth;
      const start = (r * size + i) * (cache.capacity + size);
      // Of the cache: the prompt and every thought before the branch's last, which the tree itself reads; if the cache
      // is final, the last as well, and then the tree's reading of it is only there to be asked.
      bias.data.fill(0, start + padding, start + prompts.length + (frozen ? count : Math.max(0, count - 1)));
      for (let seen = i; seen >= 0; seen = nodes[seen].parent) {
        if (frozen && nodes[seen].thought !== undefined) break;
        bias.data[start + cache.capacity + seen] = 0;
      }
    });
    // Padding looks at itself alone.
    for (let i = nodes.length; i < size; i++) {
      bias.data[(r * size + i) * (cache.capacity + size) + cache.capacity + i] = 0;
    }
  });
  const shape = {
    batch: rows,
    before: 0,
    thoughts: leading.length,
    after: size - leading.length,
    prompt: cache.prompts,
    past: cache.room,
    readPositions: 'all',
    attention: 'given',
  } as const;
  const outputs = await runtime.runPass(shape, new Set(), {
    ...(leading.length > 0 && { thoughts: embedded }),
    ...(after.data.length > 0 && { after }),
    positions,
    bias,
    ...cache.inputs(first, rows),
  });
  return outputs['hidden'];
}

/** Where a factor's hidden state is. */
interface Place {
  readonly row: number;
  readonly from: number;
}

/** The distinct hidden states that factors ask about, and the normaliser of the softmax at each. */
class FactorStates {
  private readonly indices = new Map<string, number>();
  private readonly states: Float32Array[] = [];
  private normalisers = new Float64Array(0);

  constructor(
    private readonly runtime: Runtime,
    private readonly hiddenAt: (place: Place) => Float32Array,
  ) {}

  ask(row: number, factors: readonly (readonly (readonly Factor[])[])[]): void {
    for (const { from } of factors.flat(2)) {
      const key = `${row}:${from}`;
      if (this.indices.has(key)) continue;
      this.indices.set(key, this.states.push(this.hiddenAt({ row, from })) - 1);
    }
  }

  async normalise(): Promise<void> {
    const width = this.runtime.config.nEmbd;
    this.normalisers = new Float64Array(this.states.length);
    for (let first = 0; first < this.states.length; first += LOGIT_ROWS) {
      const some = this.states.slice(first, first + LOGIT_ROWS);
      // A full chunk even where fewer are left: zeros are cheaper than another program.
      const rows = this.states.length < LOGIT_ROWS ? roundUp(some.length, TREE_STEP) : LOGIT_ROWS;
      const hidden = float32([rows, width]);
      some.forEach((state, i) => hidden.data.set(state, i * width));
      this.normalisers.set((await this.runtime.logNormalisers(hidden)).subarray(0, some.length), first);
    }
  }

  logProbability(row: number, { from, token }: Factor): number {
    const index = this.indices.get(`${row}:${from}`) ?? 0;
    const head = this.runtime.headRow(token);
    const logit = this.states[index].reduce((sum, x, i) => sum + x * head[i], 0);
    // Rounding of the normaliser may lift a certain token above 1.
    return Math.min(0, logit - this.normalisers[index]);
  }
}
