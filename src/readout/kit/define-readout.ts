import type { z } from 'zod';
import type { Item } from '../../dataset/index.js';
import type { Figure } from '../../drawing/index.js';
import type { Coconut } from '../../model/index.js';
import type { ThoughtRecord } from '../../recording/index.js';
import type { BootstrapOptions } from '../../statistics/index.js';
import type { Wording } from '../../tokenizer/index.js';
import type { ReadoutHead } from './readout-result.js';
import type { ReadoutRow } from './readout-rows.js';

/** What is asked of a model, beside its items. */
export interface ObserveOptions {
  readonly thoughts: number;
  /** Block from 0, for readouts of one layer; default the last. */
  readonly layer?: number | undefined;
}

/** Takes observations one after the other and keeps what the result needs of them. */
export interface Reading<Observation, Result> {
  /** Takes the next observation. */
  add(observation: Observation): void;
  /** The result of all observations. @throws RangeError if `resamples` or `level` is out of range */
  finish(options: BootstrapOptions): Result;
}

/**
 * One published analysis: what it observes of a model or of a recording, what it makes of all observations, and how that
 * is shown. Observing goes batch by batch; everything after it is a pure function.
 */
export interface Readout<
  Name extends string = string,
  Observation = unknown,
  Result extends ReadoutHead<Name> = ReadoutHead<Name>,
> {
  /** The name in the list of readouts, and the `kind` of the result. */
  readonly name: Name;
  /** What it says, in a line. */
  readonly title: string;
  /** Paper and section. */
  readonly source: string;
  /** What it cannot show, whatever comes out: a sentence. */
  readonly doesNotShow: string;
  /** The one truth of the result's type, by which a result in a file is checked. */
  readonly schema: z.ZodType<Result>;
  /** Which of these mean anything to it: `layer` of {@link ObserveOptions}, the wording's `maxNewTokens`; default: none. */
  readonly options?: readonly ('layer' | 'maxNewTokens')[];
  /** Whether nodes are told apart by all tokens of their names, and not by the first alone. */
  readonly wholeNames?: boolean;
  /** How many positions are read after the thoughts: they must fit into the model's context. */
  following(wording: Wording, items: readonly Item[]): number;
  /**
   * @param items one batch
   * @throws LensError if an item does not fit the wording or the model
   */
  observe(
    model: Coconut,
    items: readonly Item[],
    wording: Wording,
    options: ObserveOptions,
  ): Promise<readonly Observation[]>;
  /**
   * The same of a recording, for readouts that need no more than it holds.
   *
   * @throws LensError if the record's numbers are not finite or do not add up to 1
   */
  ofRecord?(record: ThoughtRecord): Observation;
  /** A new reading, which has no observations yet. */
  begin(): Reading<Observation, Result>;
  /** Plain text. */
  table(result: Result): string;
  /** The numbers as flat rows, for CSV; default: `readoutRows`. */
  rows?(result: Result): readonly ReadoutRow[];
  /** By name; the first is what `export` draws if it is not told. */
  figures(result: Result): Readonly<Record<string, Figure>>;
}

/** Ties the types of a readout's observations and of its result together. */
export function defineReadout<Name extends string, Observation, Result extends ReadoutHead<Name>>(
  readout: Readout<Name, Observation, Result>,
): Readout<Name, Observation, Result> {
  return readout;
}

/** The `begin` of a readout that needs all observations at once. */
export function collecting<Observation, Result>(
  read: (observations: readonly Observation[], options: BootstrapOptions) => Result,
): () => Reading<Observation, Result> {
  return () => {
    const observations: Observation[] = [];
    return {
      add: (observation) => observations.push(observation),
      finish: (options) => read(observations, options),
    };
  };
}
