import { LensError } from '../errors.js';
import type { HostTensor } from '../tensor/index.js';
import { generateAfter, type GenerateOptions, type Generation } from './generate.js';
import { rowAt, takeRows } from './host-arrays.js';
import { checkCount, checkRoom, checkTokens } from './prompts.js';
import { readAfter, rowsOf, stackThoughts, thinkAgain, type Rollout } from './rollout.js';
import type { RethinkOptions } from './run-options.js';
import type { Runtime } from './runtime.js';
import { scoreAfter, type Continuations, type ContinuationScore, type ScoreOptions } from './score.js';

/** Prompts read and k thoughts computed. Nothing asked of it changes it. */
export class CoconutRun {
  private constructor(
    private readonly runtime: Runtime,
    /** @internal */
    readonly rollout: Rollout,
    /** [batch, k, d] float32, as used: entry c - 1 is thought c. */
    readonly thoughts: HostTensor,
    /** [batch, k, V], the thoughts through the LM head, if asked for. */
    readonly thoughtLogits: HostTensor | undefined,
  ) {}

  /** @internal */
  static async of(runtime: Runtime, rollout: Rollout, withLogits: boolean): Promise<CoconutRun> {
    const thoughts = stackThoughts(rollout.thoughts, rollout.session.batch, runtime.config.nEmbd);
    return new CoconutRun(runtime, rollout, thoughts, withLogits ? await runtime.head(thoughts) : undefined);
  }

  /** @internal This run's thoughts over what an intervention left of the rest. */
  over(rollout: Rollout): CoconutRun {
    return new CoconutRun(this.runtime, rollout, this.thoughts, this.thoughtLogits);
  }

  /**
   * Thinks again about the same prompts, which are not read again: a run with other replacements, or with another number
   * of thoughts, for a small part of what the prompts cost. To the bit what `Coconut.run` gives with these options for
   * the same batch on the same engine; to rounding if this is a run over some rows of another (`rows`), whose programs
   * have another batch. The two share nothing that changes.
   *
   * @throws LensError if there is no room for so many thoughts after the longest prompt, or no such row or thought `from`
   */
  async rethink({ thoughts, replaceThought, thoughtLogits, ...which }: RethinkOptions): Promise<CoconutRun> {
    const rollout = await thinkAgain(this.rollout, thoughts, replaceThought, which);
    return CoconutRun.of(this.runtime, rollout, thoughtLogits === true);
  }

  /**
   * A run over some of the rows, in the order given; a row may come more than once. Nothing is computed, and nothing shared
   * that changes: consecutive rows share what the prompts left, all else is copied.
   *
   * @param indices row numbers from 0, at least one
   * @throws LensError if there is none, or a row does not exist
   */
  rows(indices: readonly number[]): CoconutRun {
    const logits = this.thoughtLogits === undefined ? undefined : takeRows(this.thoughtLogits, indices);
    const rollout = rowsOf(this.rollout, indices);
    return new CoconutRun(this.runtime, rollout, takeRows(this.thoughts, indices), logits);
  }

  /**
   * What the LM head reads of one row's thoughts.
   *
   * @returns [k][V], views of `thoughtLogits`
   * @throws LensError if the run was not asked for them
   */
  logitsOfThoughts(row: number): HostTensor['data'][] {
    const { thoughtLogits } = this;
    if (thoughtLogits === undefined)
      throw new LensError('thoughtLogits', 'were not asked for', 'run with { thoughtLogits: true }', 'usage');
    return Array.from({ length: thoughtLogits.shape[1] }, (_, c) => rowAt(thoughtLogits, row, c));
  }

  /**
   * Logits of the token after the first c thoughts and a suffix, as if the model had stopped thinking there.
   *
   * @param c 0 .. k
   * @param suffix the same for every row
   * @returns [batch, V]
   */
  async nextTokenLogits(c: number, suffix: readonly number[] = []): Promise<HostTensor> {
    this.check(c, suffix, suffix.length);
    const { hidden } = await readAfter(this.rollout, c, suffix);
    return this.runtime.head(hidden);
  }

  /** Language mode after the first c thoughts. */
  async generate(c: number, options: GenerateOptions): Promise<Generation> {
    const { suffix = [], maxNewTokens } = options;
    checkCount('maxNewTokens', maxNewTokens, 1);
    this.check(c, suffix, suffix.length + maxNewTokens - 1);
    return generateAfter(this.rollout, c, options);
  }

  /**
   * How probable each of many continuations is after the first c thoughts, as if the model had stopped thinking there.
   * What prompt, thoughts, prefix and continuations have in common is computed once.
   *
   * @param continuations token ids [row][continuation][token]
   * @returns [row][continuation]
   */
  async score(c: number, continuations: Continuations, options: ScoreOptions = {}): Promise<ContinuationScore[][]> {
    return (await this.scoreAt([c], continuations, options))[0];
  }

  /**
   * The same after every number of thoughts at once, which costs little more than after one.
   *
   * @returns [c = 0 .. k][row][continuation]
   */
  async scoreAll(continuations: Continuations, options: ScoreOptions = {}): Promise<ContinuationScore[][][]> {
    return this.scoreAt(
      Array.from({ length: this.rollout.thoughts.length + 1 }, (_, c) => c),
      continuations,
      options,
    );
  }

  private async scoreAt(
    afters: readonly number[],
    continuations: Continuations,
    options: ScoreOptions,
  ): Promise<ContinuationScore[][][]> {
    const { prefix = [] } = options;
    const longest = continuations.flat().reduce((most, tokens) => Math.max(most, tokens.length), 1);
    for (const c of afters) this.check(c, prefix, prefix.length + longest - 1, 'prefix');
    return scoreAfter(this.rollout, afters, continuations, options);
  }

  private check(c: number, suffix: readonly number[], following: number, what = 'suffix'): void {
    checkCount('number of thoughts', c, 0);
    const { thoughts, session } = this.rollout;
    if (c > thoughts.length) {
      throw new LensError(
        'number of thoughts',
        `more than the run has (${c} of ${thoughts.length})`,
        'run with more',
        'usage',
      );
    }
    checkTokens(this.runtime.config, what, suffix);
    checkRoom(this.runtime.config, session.lengths, c + following);
  }
}
