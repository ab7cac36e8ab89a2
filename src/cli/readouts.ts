import type { Item } from '../dataset/index.js';
import type { Coconut } from '../model/index.js';
import {
  formatEdgeAttention,
  formatEntityBelief,
  formatHeight,
  formatInnerProducts,
  formatInterpolation,
  formatLogitLens,
  formatParallelism,
  formatQuestionPrior,
  formatTree,
  observeEdgeAttention,
  observeInnerProducts,
  observeInterpolation,
  observeLogitLens,
  observeNames,
  observePrior,
  observeValues,
  readEdgeAttention,
  readEntityBelief,
  readHeight,
  readInnerProducts,
  readInterpolation,
  readLogitLens,
  readoutRows,
  readParallelism,
  readQuestionPrior,
  readTree,
  valuePrefix,
  type ReadoutHead,
  type ReadoutRow,
  type ValueObservation,
} from '../readout/index.js';
import { longestName } from '../recording/index.js';
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
  read(observations: readonly Observation[], options: BootstrapOptions): Result;
  format(result: Result): string;
}

/** One batch after the other through the model, then the result. */
export interface RunningReadout {
  observe(model: Coconut, items: readonly Item[], wording: Wording, options: ObserveOptions): Promise<void>;
  finish(options: BootstrapOptions): FinishedReadout;
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
        finish(options) {
          const result = spec.read(observations, options);
          return { result, rows: readoutRows(result), text: spec.format(result) };
        },
      };
    },
  };
}

/** Readouts of the values of nodes. */
function ofValues<Result extends ReadoutHead>(
  spec: Pick<ReadoutSpec<ValueObservation, Result>, 'read' | 'format'>,
): RunnableReadout {
  return runnable({
    following(wording, items) {
      const prefix = valuePrefix(wording);
      return prefix === undefined ? 0 : prefix.tokens.length + longestName(items, wording) - 1;
    },
    wholeNames: true,
    observe: (model, items, wording, { thoughts }) => observeValues(model, items, wording, thoughts),
    ...spec,
  });
}

/** Every readout by its name. */
export const RUNNABLE: Readonly<Record<ReadoutName, RunnableReadout>> = {
  interpolation: runnable({
    following: ({ decoding: { suffix, maxNewTokens } }) => suffix.length + maxNewTokens - 1,
    observe: (model, items, wording, { thoughts }) => observeInterpolation(model, items, wording, thoughts),
    read: readInterpolation,
    format: formatInterpolation,
  }),
  tree: ofValues({ read: readTree, format: formatTree }),
  parallelism: ofValues({ read: readParallelism, format: formatParallelism }),
  height: ofValues({ read: readHeight, format: formatHeight }),
  'inner-products': runnable({
    following: () => 0,
    observe: (model, items, wording, { thoughts }) => observeInnerProducts(model, items, wording, thoughts),
    read: readInnerProducts,
    format: formatInnerProducts,
  }),
  'edge-attention': runnable({
    following: () => 0,
    observe: (model, items, wording, { thoughts, layer }) =>
      observeEdgeAttention(model, items, wording, thoughts, layer),
    read: readEdgeAttention,
    format: formatEdgeAttention,
  }),
  'question-prior': runnable({
    following: (wording, items) =>
      wording.suffix.length +
      Math.max(0, ...items.map((item) => wording.answerStem(item).length)) +
      longestName(items, wording) -
      1,
    wholeNames: true,
    observe: (model, items, wording) => observePrior(model, items, wording),
    read: readQuestionPrior,
    format: formatQuestionPrior,
  }),
  'entity-belief': runnable({
    following: (wording, items) => longestName(items, wording) - 1,
    wholeNames: true,
    observe: (model, items, wording, { thoughts }) => observeNames(model, items, wording, thoughts),
    read: readEntityBelief,
    format: formatEntityBelief,
  }),
  'logit-lens': runnable({
    following: () => 0,
    observe: (model, items, wording, { thoughts }) => observeLogitLens(model, items, wording, thoughts),
    read: readLogitLens,
    format: formatLogitLens,
  }),
};
