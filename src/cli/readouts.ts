import type { Item } from '../dataset/index.js';
import type { Coconut } from '../model/index.js';
import {
  formatInterpolation,
  observeInterpolation,
  readInterpolation,
  readoutRows,
  type ReadoutHead,
  type ReadoutRow,
} from '../readout/index.js';
import type { BootstrapOptions } from '../statistics/index.js';
import type { Wording } from '../tokenizer/index.js';
import type { ReadoutName } from './readout-names.js';

/** What a readout asks of a model, beside its items. */
export interface ObserveOptions {
  readonly thoughts: number;
  /** For readouts of one layer. */
  readonly layer?: number | undefined;
}

/** A readout that runs a model: what it observes of each batch, what it makes of all of them, and how that is shown. */
interface ReadoutSpec<Observation, Result extends ReadoutHead> {
  /** Positions that are read after the thoughts. */
  following(wording: Wording, items: readonly Item[]): number;
  /** Whether nodes are told apart by all tokens of their names. */
  readonly wholeNames?: boolean;
  observe(
    model: Coconut,
    items: readonly Item[],
    wording: Wording,
    options: ObserveOptions,
  ): Promise<readonly Observation[]>;
  read(observations: readonly Observation[], options: BootstrapOptions, thoughts: ObserveOptions): Result;
  format(result: Result): string;
}

/** One batch after the other through the model, then the result. */
export interface RunningReadout {
  observe(model: Coconut, items: readonly Item[], wording: Wording, options: ObserveOptions): Promise<void>;
  finish(options: BootstrapOptions, thoughts: ObserveOptions): FinishedReadout;
}

export interface FinishedReadout {
  readonly result: ReadoutHead;
  readonly rows: readonly ReadoutRow[];
  readonly text: string;
}

/** A readout without the types of what it keeps. */
export interface RunnableReadout {
  following(wording: Wording, items: readonly Item[]): number;
  readonly wholeNames: boolean;
  start(): RunningReadout;
}

function runnable<Observation, Result extends ReadoutHead>(spec: ReadoutSpec<Observation, Result>): RunnableReadout {
  return {
    following: (wording, items) => spec.following(wording, items),
    wholeNames: spec.wholeNames ?? false,
    start() {
      const observations: Observation[] = [];
      return {
        async observe(model, items, wording, options) {
          observations.push(...(await spec.observe(model, items, wording, options)));
        },
        finish(options, thoughts) {
          const result = spec.read(observations, options, thoughts);
          return { result, rows: readoutRows(result), text: spec.format(result) };
        },
      };
    },
  };
}

/** Every readout by its name. */
export const RUNNABLE: Readonly<Record<ReadoutName, RunnableReadout>> = {
  interpolation: runnable({
    following: ({ speech: { suffix, maxNewTokens } }) => suffix.length + maxNewTokens - 1,
    observe: (model, items, wording, { thoughts }) => observeInterpolation(model, items, wording, thoughts),
    read: readInterpolation,
    format: formatInterpolation,
  }),
};
