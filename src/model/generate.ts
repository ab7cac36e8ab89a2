import { LensError } from '../errors.js';
import type { HostTensor } from '../tensor/index.js';
import { choosers, type Sampling } from './decoding.js';
import { checkCount } from './prompts.js';
import { pending, readAfter, type Rollout } from './rollout.js';
import { Session } from './session.js';

/** How a model generates in language mode. */
export interface GenerateOptions {
  /** Tokens read after the thoughts, before the first new one: `[A]`, or `<|end-latent|>`. Default none. */
  readonly suffix?: readonly number[] | undefined;
  readonly maxNewTokens: number;
  /** Default `greedy`. */
  readonly sampling?: Sampling | undefined;
  /** A row ends at this token. Default: no row ends before `maxNewTokens`. */
  readonly eos?: number | undefined;
  /** Whether a row ends with the tokens that it has: nothing that would follow is wanted. Default: never. */
  readonly isSettled?: ((ids: readonly number[], row: number) => boolean) | undefined;
}

/** What was generated. */
export interface Generation {
  /** New tokens of each row, without suffix and eos. */
  readonly ids: readonly (readonly number[])[];
  /** Whether the row ended at eos or was settled; if not, it was cut at `maxNewTokens`. */
  readonly finished: readonly boolean[];
}

/**
 * Language mode after c thoughts: reads thought c and the suffix in one pass, then decodes token by token with the
 * cache, until every row has ended. Changes nothing in the rollout.
 */
export async function generateAfter(rollout: Rollout, c: number, options: GenerateOptions): Promise<Generation> {
  const { suffix = [], maxNewTokens, sampling = 'greedy', eos, isSettled } = options;
  checkCount('maxNewTokens', maxNewTokens, 1);
  const { session } = rollout;
  const { runtime, batch } = session;
  const choose = choosers(sampling, batch);
  const { at, thought } = pending(rollout, c);
  let position = at + (thought === undefined ? 0 : 1) + suffix.length;
  // The last new token is never read.
  const cache = session.cache.fork(at, Session.room(position + maxNewTokens - 1 - session.prompts.length));

  let outputs = await readAfter(rollout, c, suffix, cache);
  cache.write(at, outputs.keys, outputs.values);
  const ids: number[][] = Array.from({ length: batch }, () => []);
  const finished = ids.map(() => false);
  for (let n = 1; ; n++) {
    const logits = await runtime.head(outputs.hidden);
    checkFinite(logits);
    const next = choose.map((chooser, row) => chooser(rowOf(logits, row)));
    next.forEach((id, row) => {
      finished[row] ||= id === eos;
      if (finished[row]) return;
      ids[row].push(id);
      finished[row] = isSettled?.(ids[row], row) === true;
    });
    if (n === maxNewTokens || finished.every(Boolean)) return { ids, finished };
    outputs = await session.readOn(Math.max(c, 1) + n, position, { tokens: next.map((id) => [id]) }, cache);
    cache.write(position, outputs.keys, outputs.values);
    position++;
  }
}

/** Row r of [batch, n]. */
function rowOf({ data, shape }: HostTensor, row: number): Float32Array {
  return Float32Array.from(data.subarray(row * shape[1], (row + 1) * shape[1]));
}

/** @throws LensError if a logit is not a number: no choice among such logits means anything */
function checkFinite({ data }: HostTensor): void {
  const value = data.find((logit) => !Number.isFinite(logit));
  if (value === undefined) return;
  throw new LensError(
    'generation',
    `the next token's logits are not finite (${value})`,
    'check the weights and the thoughts that were supplied',
  );
}
