import {
  answerItems,
  compareAnswers,
  evaluateItems,
  evaluationOf,
  formatComparison,
  formatEvaluation,
  measuresOf,
  type Answers,
  type ComparedModel,
  type Evaluation,
  type ThoughtsAccuracy,
} from '../accuracy/index.js';
import { forEachBatch } from '../batches.js';
import type { CoconutConfig } from '../checkpoint/index.js';
import { choosePredictions, type Prediction, type PredictionId } from '../claim/index.js';
import type { Item } from '../dataset/index.js';
import { InterruptedError, LensError } from '../errors.js';
import {
  ablateThoughts,
  chooseAblations,
  formatAblation,
  formatPatch,
  patchItems,
  type AblationResult,
  type PatchResult,
} from '../effect/index.js';
import {
  joinTraces,
  type Coconut,
  type Hook,
  type HookOptions,
  type ThoughtTrace,
  type TraceOptions,
} from '../model/index.js';
import { plural } from '../plural.js';
import type { Invocation } from '../provenance.js';
import { requireWhole } from '../require-whole.js';
import type { Readout, ReadoutHead } from '../readout/index.js';
import type { ReadoutName } from '../readout/readouts.js';
import type { MemoryRecording, Recording } from '../recording/index.js';
import type { EngineInfo, HeldEngine } from '../tensor/index.js';
import { followingOf, type Wording } from '../tokenizer/index.js';
import { checkItems } from './check-items.js';
import { itemFileOf, type ItemSource } from './item-source.js';
import { PROGRAM, recordAndOpen, recordInMemory, type RecordOptions } from './record.js';
import { readoutOfEither, type ReadoutOptions, type ReadoutOutcome, type ReadoutResults } from './readout.js';
import { claimOf, type Claim } from './claim.js';
import { examine, requireClaimable, type ExaminedModel } from './examine.js';
import {
  interventionSettings,
  runSettings,
  speakingSettings,
  statisticsSettings,
  type RunSettings,
  type SpeakingSettings,
  type StatisticsSettings,
} from './settings.js';

/** How the battery is run. */
export interface ClaimOptions extends RunSettings, StatisticsSettings {
  readonly controls?: readonly Lens[] | undefined;
  /** Predictions by their ids (`F1`), or ones that `definePrediction` made. Default: all of the battery. */
  readonly tests?: readonly (PredictionId | Prediction)[] | undefined;
  /** Who asks, for the provenance. Default: this program. */
  readonly invocation?: Invocation | undefined;
}

/** A result, ready to be printed. */
export interface Shown<Result> {
  /** JSON-serialisable. */
  readonly result: Result;
  /** The same as tables. */
  readonly text: string;
}

/**
 * A model together with all that config.json says of how it is asked. What commands do with a model is a method here: items
 * go in, results come out with their tables and figures. Calls run in batches, report progress and can be aborted. Get one
 * from `open`.
 */
export class Lens {
  /** The model's folder, as given. */
  readonly folder: string;
  readonly model: Coconut;
  /** How an item becomes a prompt, and how answers are read. */
  readonly wording: Wording;
  /** k, the number of thoughts that the model was made for; 0 for models without. */
  readonly thoughts: number;
  /** The training method that config.json names: `coconut`, `pause`, `cot`, ... */
  readonly method: string;
  readonly engine: EngineInfo;
  /** What a reader should know before trusting the numbers. */
  readonly warnings: readonly string[];

  readonly #releaseEngine: () => void;

  /** @internal Use `open`. */
  constructor(parts: {
    readonly folder: string;
    readonly model: Coconut;
    readonly wording: Wording;
    readonly coconut: CoconutConfig;
    readonly engine: HeldEngine;
    readonly notes: readonly string[];
  }) {
    this.folder = parts.folder;
    this.model = parts.model;
    this.wording = parts.wording;
    this.thoughts = parts.coconut.thoughts;
    this.method = parts.coconut.method;
    this.engine = parts.engine.info;
    this.#releaseEngine = () => parts.engine.release();
    this.warnings = [...(parts.model.weights.warnings ?? []), ...parts.notes];
  }

  /**
   * Runs items and keeps activations: TransformerLens' `run_with_cache`. What several batches leave is joined; shorter
   * prompts have padding before them (`trace.padding`).
   *
   * @param options `activations`: names, patterns or predicates (`activationNames` lists them); `thoughts` by default the
   * model's own
   * @throws LensError if an item does not fit, or a selector picks nothing
   */
  async runWithTrace(items: ItemSource, options: Partial<TraceOptions> & RunSettings = {}): Promise<ThoughtTrace> {
    const { thoughts = this.thoughts } = options;
    return this.traced(items, options, (model, prompts) => model.runWithTrace(prompts, { ...options, thoughts }));
  }

  /**
   * The same with hooks, which read or replace activations while the model runs: TransformerLens' `run_with_hooks`.
   *
   * @param options `hooks`: pairs of a selector and a function of the activation; or, for hooks that differ by item, a
   * function that gets a batch and the index of its first item and gives them
   * @throws LensError if a hook would never fire
   */
  async runWithHooks(
    items: ItemSource,
    options: Partial<Omit<HookOptions, 'hooks'>> &
      RunSettings & { readonly hooks: readonly Hook[] | ((batch: readonly Item[], from: number) => readonly Hook[]) },
  ): Promise<ThoughtTrace> {
    const { thoughts = this.thoughts, hooks } = options;
    return this.traced(items, options, (model, prompts, batch, from) =>
      model.runWithHooks(prompts, {
        ...options,
        thoughts,
        hooks: typeof hooks === 'function' ? hooks(batch, from) : hooks,
      }),
    );
  }

  /**
   * Runs items and keeps every continuous thought with what the LM head says of the graph's nodes, in memory.
   *
   * @throws LensError where model or items do not allow it
   * @throws InterruptedError once `signal` is aborted; nothing is kept
   */
  record(items: ItemSource, options?: RecordOptions): Promise<MemoryRecording>;
  /**
   * The same on disk.
   *
   * @param folder to make
   * @throws LensError where model, items or disk do not allow it
   * @throws InterruptedError once `signal` is aborted; finished batches are kept for `resume`
   */
  record(items: ItemSource, folder: string, options?: RecordOptions): Promise<Recording>;
  record(
    items: ItemSource,
    folderOrOptions: string | RecordOptions = {},
    options: RecordOptions = {},
  ): Promise<MemoryRecording | Recording> {
    return typeof folderOrOptions === 'string'
      ? recordAndOpen(this, items, folderOrOptions, options)
      : recordInMemory(this, items, folderOrOptions);
  }

  /**
   * How often the model answers right after some numbers of thoughts, with Wilson intervals over graphs, chance, and what
   * shortcuts give on the same items.
   *
   * @param options `thoughts`: the numbers, in any order; default 0 to the model's own. `maxNewTokens`: the most that the
   * model may say, where its answer is text
   */
  async evaluate(
    items: ItemSource,
    options: RunSettings & SpeakingSettings & { readonly thoughts?: readonly number[] | undefined } = {},
  ): Promise<Shown<Evaluation> & { readonly accuracies: readonly ThoughtsAccuracy[] }> {
    const file = itemFileOf(items);
    const { thoughts = Array.from({ length: this.thoughts + 1 }, (_, k) => k) } = options;
    if (thoughts.length === 0) throw new LensError('--thoughts', 'names no number', 'give at least one', 'usage');
    const counts = [...new Set(thoughts.map((k) => requireWhole('--thoughts', k, 0)))].sort((a, b) => a - b);
    const { maxNewTokens } = options;
    if (maxNewTokens !== undefined && this.wording.answering.kind === 'token')
      throw new LensError(
        '--max-new-tokens',
        `means nothing to ${this.folder} (${maxNewTokens}), whose answer is one token`,
        'leave it out',
        'usage',
      );
    const wording = speakingSettings(this.wording, options);
    this.requireRoom(file.path, file.items, Math.max(...counts), followingOf(wording));
    const model = this.stoppedBy(options);
    const accuracies = await evaluateItems(model, file.items, wording, { ...runSettings(options), counts });
    if (accuracies === undefined) throw new InterruptedError('interrupted: an evaluation keeps nothing');
    const { vocabSize } = this.model.config;
    const result = evaluationOf(accuracies, file.items, wording, vocabSize);
    const { clusters } = accuracies[0].shares[0];
    const title = `Accuracy of ${this.folder} on ${plural(file.items.length, 'item')} (${plural(clusters, 'graph')}) of ${file.path}`;
    const text = formatEvaluation(title, accuracies, measuresOf(this.wording, vocabSize), result.heuristics);
    return { result, text, accuracies };
  }

  /**
   * What this model answers to each item, as its method is asked, and once more without thoughts. `compare` sets the
   * answers of several models against each other.
   */
  async answers(items: ItemSource, options: RunSettings & SpeakingSettings = {}): Promise<Answers> {
    const file = itemFileOf(items);
    const wording = speakingSettings(this.wording, options);
    this.requireRoom(file.path, file.items, this.thoughts, followingOf(wording));
    const model = this.stoppedBy(options);
    const found = await answerItems(model, file.items, wording, this.thoughts, runSettings(options));
    if (found === undefined) throw new InterruptedError('interrupted: a comparison keeps nothing');
    return found;
  }

  /** Accuracy and length of answers of this model and others on the same items, each tested against this one. */
  async compare(
    others: readonly Lens[],
    items: ItemSource,
    options: RunSettings & SpeakingSettings = {},
  ): Promise<Shown<readonly ComparedModel[]>> {
    const file = itemFileOf(items);
    const lenses = [this, ...others];
    const answers: Answers[] = [];
    for (const lens of lenses) answers.push(await lens.answers(file, options));
    return comparison(
      file,
      lenses.map((lens) => lens.comparedName()),
      answers,
    );
  }

  /** @internal How a comparison names this model. */
  comparedName(): { readonly folder: string; readonly method: string } {
    const constructed = this.model.config.coconut?.constructed;
    return { folder: this.folder, method: [this.method, constructed].filter(Boolean).join(': ') };
  }

  /**
   * Ablates the thoughts: answers with zeros, means, noise, other items' thoughts, or nothing in their places, against
   * those with the model's own thoughts.
   *
   * @param options `with`: names of ablations, default all of `ABLATIONS`
   */
  async ablate(
    items: ItemSource,
    options: RunSettings & StatisticsSettings & { readonly with?: string | readonly string[] | undefined } = {},
  ): Promise<Shown<AblationResult>> {
    const file = itemFileOf(items);
    this.requireRoom(file.path, file.items, this.thoughts, followingOf(this.wording));
    const names = typeof options.with === 'string' ? [options.with] : options.with;
    if (names?.length === 0) throw new LensError('with', 'names no ablation', 'name at least one', 'usage');
    const result = await ablateThoughts(this.stoppedBy(options), file.items, this.wording, {
      ...interventionSettings(options, this.wording),
      ...statisticsSettings(options),
      thoughts: this.thoughts,
      ablations: names === undefined ? undefined : chooseAblations(names),
    });
    if (result === undefined) throw new InterruptedError('interrupted: an ablation keeps nothing');
    return { result, text: formatAblation(result) };
  }

  /**
   * Activation patching of thoughts: answers with the thoughts of other items put in at some steps.
   *
   * @param options `from`: one donor for each item, in the same order; `steps`: thoughts to patch, default all
   */
  async patch(
    items: ItemSource,
    options: RunSettings &
      StatisticsSettings & { readonly from: ItemSource; readonly steps?: readonly number[] | undefined },
  ): Promise<Shown<PatchResult>> {
    const file = itemFileOf(items);
    const { items: from } = itemFileOf(options.from);
    this.requireRoom(file.path, file.items, this.thoughts, followingOf(this.wording));
    this.requireRoom('from', from, this.thoughts, followingOf(this.wording));
    const result = await patchItems(this.stoppedBy(options), file.items, this.wording, {
      ...interventionSettings(options, this.wording),
      ...statisticsSettings(options),
      thoughts: this.thoughts,
      from,
      steps: options.steps,
    });
    if (result === undefined) throw new InterruptedError('interrupted: patching keeps nothing');
    return { result, text: formatPatch(result) };
  }

  /**
   * One of the published analyses, by its name in `READOUTS`, or one that `defineReadout` made.
   *
   * @param source items, or a recording: where it holds all that the readout needs, no model is run; else its items are run
   * again, by the model that was recorded
   */
  readout<Name extends ReadoutName>(
    name: Name,
    source: ItemSource | Recording | MemoryRecording,
    options?: ReadoutOptions,
  ): Promise<ReadoutOutcome<ReadoutResults[Name]>>;
  readout<Observation, Result extends ReadoutHead>(
    readout: Readout<string, Observation, Result>,
    source: ItemSource | Recording | MemoryRecording,
    options?: ReadoutOptions,
  ): Promise<ReadoutOutcome<Result>>;
  readout(
    readout: ReadoutName | Readout,
    source: ItemSource | Recording | MemoryRecording,
    options: ReadoutOptions = {},
  ): Promise<ReadoutOutcome> {
    return readoutOfEither(this, readout, source, options);
  }

  /**
   * Runs the battery: does this model search breadth-first in its thoughts?
   *
   * @param options `controls`: models trained alike but for one thing, compared on the same items; `tests`: ids of
   * predictions, default all of them
   * @throws LensError if the model has no continuous thoughts, or is asked in another wording than a control
   */
  async claim(items: ItemSource, options: ClaimOptions = {}): Promise<Claim> {
    const { controls = [], tests, batchSize, onProgress, signal, invocation = PROGRAM } = options;
    const seed = requireWhole('seed', options.seed ?? 0, 0);
    const sample = itemFileOf(items);
    const predictions = choosePredictions(tests);
    // Before hours of work: what would be refused after them.
    requireClaimable(this, sample);
    for (const control of controls) requireClaimable(control, sample, this);
    const own = await examine(this, sample, predictions, { seed, batchSize, onProgress, signal });
    const compared = predictions.filter(({ role }) => role === 'control');
    const others: ExaminedModel[] = [];
    for (const control of controls)
      others.push(await examine(control, sample, compared, { seed, batchSize: own.batchSize, signal }));
    return claimOf(own, others, sample, predictions, { seed, invocation });
  }

  /** Frees what the engine holds. Using the lens afterwards is an error. Idempotent. */
  dispose(): void {
    this.model.dispose();
    this.#releaseEngine();
  }

  /**
   * For what reads thought c as depth c: recordings, readouts, the battery. Where several thoughts replace one step,
   * thought c stands for depth c / `c_thought`.
   *
   * @throws LensError if the model was made for several thoughts a step
   */
  requireDepths(): void {
    const { cThought = 1 } = this.model.config.coconut ?? {};
    if (cThought <= 1) return;
    throw new LensError(
      this.folder,
      `has several thoughts for each step (c_thought ${cThought}), and thought c is read as depth c here`,
      'use evaluate or compare, or a model with one thought for each step',
      'usage',
    );
  }

  /**
   * Finds what cannot be run before anything is computed.
   *
   * @param path the items' file, for messages
   * @param following positions that are read after the thoughts
   * @throws LensError if there are no items, or naming one that does not fit
   */
  requireRoom(path: string, items: readonly Item[], thoughts: number, following: number, disjointNames = false): void {
    const { config } = this.model;
    const { wording, thoughts: madeFor } = this;
    checkItems(path, items, { config, wording, thoughts, madeFor, following, disjointNames });
  }

  /** The model for one call: it ends between two passes of a batch, not only between batches. */
  private stoppedBy({ signal }: RunSettings): Coconut {
    return this.model.stoppedBy(signal);
  }

  private async traced(
    source: ItemSource,
    options: Partial<TraceOptions> & RunSettings,
    run: (model: Coconut, prompts: readonly number[][], batch: readonly Item[], from: number) => Promise<ThoughtTrace>,
  ): Promise<ThoughtTrace> {
    const { items, path } = itemFileOf(source);
    this.requireRoom(path, items, options.thoughts ?? this.thoughts, options.suffix?.length ?? 0);
    const model = this.stoppedBy(options);
    const traces: ThoughtTrace[] = [];
    const isComplete = await forEachBatch(items, runSettings(options), async (batch, from) => {
      const prompts = batch.map((item) => this.wording.prompt(item));
      traces.push(await run(model, prompts, batch, from));
    });
    if (!isComplete) throw new InterruptedError('interrupted: a trace keeps nothing');
    return joinTraces(traces);
  }
}

/** The answers of several models to the same items, the others tested against the first. */
export function comparison(
  { items, path }: { readonly items: readonly Item[]; readonly path: string },
  names: readonly { readonly folder: string; readonly method: string }[],
  answers: readonly Answers[],
): Shown<readonly ComparedModel[]> {
  const result = compareAnswers(items, answers);
  const { clusters } = result[0].accuracy;
  const title = `Answers to ${plural(items.length, 'item')} (${plural(clusters, 'graph')}) of ${path}`;
  return { result, text: formatComparison(title, names, result) };
}
