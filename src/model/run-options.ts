import type { ReplaceThought } from './rollout.js';

/** Latent mode: how many thoughts, and what is put in their places. */
export interface ThinkOptions {
  /** k, the number of continuous thoughts; 0 for none. */
  readonly thoughts: number;
  /** Patches or supplies thoughts, see `supplyThoughts`. */
  readonly replaceThought?: ReplaceThought | undefined;
}

/** A run: how many thoughts, and what is put in their places. */
export interface RunOptions extends ThinkOptions {
  /** Whether to read the thoughts through the LM head. Default false. */
  readonly thoughtLogits?: boolean | undefined;
}

/** A run over prompts that have been read, and thoughts that are kept. */
export interface RethinkOptions extends RunOptions {
  /**
   * The first thought to think again, from 1; those before it stay as they are and cost nothing. Default 1.
   */
  readonly from?: number | undefined;
  /**
   * Up to which thought `from` is held: all these are it, whatever is computed in their places, and are read at once, which gives the same to
   * rounding. Default `from`.
   */
  readonly holdUntil?: number | undefined;
  /**
   * Which rows, in this order, each any number of times, as `CoconutRun.rows` takes them. Default all. What their
   * prompts left is copied each time but for consecutive rows: for several runs over the same, take `rows` first.
   */
  readonly rows?: readonly number[] | undefined;
}
