import type { Item } from '../dataset/index.js';
import { SYMBOLIC_NODES, type EnglishWording } from '../tokenizer/index.js';
import { edgeRecallSequence } from './edge-recall.js';
import { englishExample, symbolicExample, type Question, type TrainingExample } from './training-example.js';
import { drawTrainingQuestions, GRAPH_ATTEMPTS, scatterNodes } from './training-questions.js';
import { LensError } from '../errors.js';
import type { Random } from '../random.js';
import { layOut, type HostBatch, type SharedPrompt } from './batch.js';
import { methodOf, type PhaseConfig, type TrainingConfig } from './config.js';
import { stageOf, stagesOf } from './curriculum.js';
import type { Method } from './methods/index.js';
import { trainingSequence, type TrainingSequence } from './sequence.js';

/** What training reads beside its configuration. */
export interface TrainingData {
  /** The training items; needed by phases that draw no graphs. */
  readonly items?: readonly Item[] | undefined;
  /** Items that accuracy is measured on in phases that draw no graphs. */
  readonly validation?: readonly Item[] | undefined;
  /** Needed by the English wording. */
  readonly english?: EnglishWording | undefined;
}

/**
 * The batches of a training. Every batch is a function of the seed, its phase, step and place in the step alone, so
 * that a training can go on from anywhere.
 */
export class Batches {
  readonly #config: TrainingConfig;
  readonly #data: TrainingData;
  readonly #random: Random;
  readonly #method: Method;
  /** The order of the items in the pass over them that was asked for last. */
  #order: { readonly key: string; readonly items: readonly number[] } = { key: '', items: [] };

  /** @param positions of the model */
  constructor(
    config: TrainingConfig,
    data: TrainingData,
    random: Random,
    private readonly positions: number,
  ) {
    this.#config = config;
    this.#data = data;
    this.#random = random;
    this.#method = methodOf(config);
    for (const phase of config.phases) if (phase.graphs === undefined) requireItems(phase, data.items);
    if (config.wording === 'english' && data.english === undefined) throw new RangeError('no English wording given');
  }

  /** How many steps a phase has, at most. */
  stepsOf(phase: PhaseConfig): number {
    return phase.steps ?? (phase.epochs ?? 0) * this.stepsPerEpoch(phase);
  }

  /** How many steps one pass over the items takes; a last, smaller step is left out. */
  stepsPerEpoch(phase: PhaseConfig): number {
    return Math.max(1, Math.floor((this.#data.items?.length ?? 0) / (phase.batchGraphs * phase.accumulate)));
  }

  /**
   * One batch.
   *
   * @param phase its number
   * @param step of the phase, from 0
   * @param part of the step, from 0: below `accumulate`
   */
  draw(phase: number, step: number, part: number): HostBatch {
    const settings = this.#config.phases[phase];
    const random = this.#random.fork(`phase ${phase}`).fork(`step ${step}`).fork(`part ${part}`);
    const prompts = Array.from({ length: settings.batchGraphs }, (_, i) =>
      this.#prompt(random.fork(`graph ${i}`), phase, step, part * settings.batchGraphs + i),
    );
    const latents = Math.max(...prompts.flatMap(({ sequences }) => sequences.map((sequence) => sequence.latents)));
    return layOut(prompts, latents);
  }

  /**
   * One prompt with its sequences. A random graph that is too large for the model, as one in thousands of ProsQA's size
   * may be, is drawn anew; an item that is too long is an error.
   */
  #prompt(random: Random, phase: number, step: number, place: number): SharedPrompt {
    const settings = this.#config.phases[phase];
    const { ids, wording } = this.#config;
    const scattered = ids === 'random' && wording === 'symbolic';
    for (let attempt = 1; ; attempt++) {
      const questions = this.#questions(random, phase, step, place);
      const asked = scattered ? scatterNodes(random, questions, SYMBOLIC_NODES) : questions;
      const { fits, ...shared } = this.#shared(random, settings, asked);
      if (fits.room >= 0) {
        return { ...shared, offset: settings.randomOffsets ? random.integer(fits.room + 1) : 0 };
      }
      if (settings.graphs !== undefined && attempt < GRAPH_ATTEMPTS) continue;
      throw this.#tooLong(settings, 'a sequence', fits.length);
    }
  }

  /**
   * Items are asked in any order, and the longest of them may come up after hours: this finds it before the first step.
   *
   * @throws LensError naming the first item that a phase may make too long a sequence of
   */
  requireRoom(): void {
    const phases = this.#config.phases.filter(({ graphs }) => graphs === undefined);
    const random = this.#random.fork('room');
    const items = phases.length === 0 ? [] : (this.#data.items ?? []);
    for (const item of items) {
      const script = this.script(item);
      for (const phase of phases) {
        const sequences =
          phase.task === 'recall'
            ? [edgeRecallSequence(random, item.edges)]
            : this.#stagesOf(phase, script).map((stage) => this.#planned(random, stage, script));
        const length = script.prompt.length + Math.max(...sequences.map(lengthOf));
        if (length > this.positions) throw this.#tooLong(phase, `item ${item.id}`, length);
      }
    }
  }

  #tooLong({ name }: PhaseConfig, what: string, length: number): LensError {
    return new LensError(
      `phase ${name}`,
      `${what} of ${length} tokens and thoughts does not fit (the model has ${this.positions} positions)`,
      'give the model more positions, or fewer thoughts or nodes',
      'usage',
    );
  }

  #questions(random: Random, phase: number, step: number, place: number): readonly Question[] {
    const settings = this.#config.phases[phase];
    if (settings.graphs !== undefined) {
      try {
        return drawTrainingQuestions(random, settings.graphs, settings.batchQuestions);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        throw new LensError(`phase ${settings.name}`, error.message, 'ask for graphs that exist', 'usage', error);
      }
    }
    const items = this.#data.items ?? [];
    const perEpoch = this.stepsPerEpoch(settings);
    const epoch = Math.floor(step / perEpoch);
    const at = ((step % perEpoch) * settings.batchGraphs * settings.accumulate + place) % items.length;
    const index = this.#orderOf(phase, epoch)[at];
    const item = items[index];
    const { edgeOrders } = this.#config;
    const order =
      edgeOrders === 'new' ? random : this.#random.fork(`item ${index}`).fork(`order ${random.integer(edgeOrders)}`);
    return [{ ...item, edges: order.shuffle([...item.edges]) }];
  }

  #orderOf(phase: number, epoch: number): readonly number[] {
    const key = `phase ${phase} epoch ${epoch}`;
    if (this.#order.key !== key) {
      const items = this.#random.fork(key).shuffle([...(this.#data.items ?? []).keys()]);
      this.#order = { key, items };
    }
    return this.#order.items;
  }

  /** The questions in words, and how many of the model's positions their longest sequence takes and leaves. */
  #shared(
    random: Random,
    settings: PhaseConfig,
    questions: readonly Question[],
  ): Omit<SharedPrompt, 'offset'> & { fits: { length: number; room: number } } {
    const scripts = questions.map((question) => this.script(question));
    const sequences =
      settings.task === 'recall'
        ? Array.from({ length: settings.batchQuestions }, () => edgeRecallSequence(random, questions[0].edges))
        : scripts.map((script, i) => this.#sequence(random, random.fork(`plan ${i}`), settings, script));
    const { prompt } = scripts[0];
    const length = prompt.length + Math.max(...sequences.map(lengthOf));
    return { prompt, sequences, fits: { length, room: this.positions - length } };
  }

  /** A question in the wording of this training. */
  script(question: Question): TrainingExample {
    const { english } = this.#data;
    return this.#config.wording === 'english' && english !== undefined
      ? englishExample(question, english)
      : symbolicExample(question);
  }

  /** @param own what the method's plan draws, apart from `random`, so that it does not move the prompt's place */
  #sequence(random: Random, own: Random, settings: PhaseConfig, script: TrainingExample): TrainingSequence {
    const { thoughts } = this.#config;
    const stage = this.#method.curriculum
      ? stageOf(random, this.#config, settings, script.steps.length)
      : thoughts.stages;
    return this.#planned(own, stage, script);
  }

  /** The stages that a phase may ask a question at. */
  #stagesOf(settings: PhaseConfig, { steps }: TrainingExample): readonly number[] {
    const { curriculum } = this.#method;
    return curriculum ? stagesOf(this.#config, settings, steps.length) : [this.#config.thoughts.stages];
  }

  #planned(own: Random, stage: number, script: TrainingExample): TrainingSequence {
    const { thoughts } = this.#config;
    const steps = script.steps.length;
    const plan = this.#method.plan({
      stage,
      maxStage: thoughts.stages,
      thoughtsPerStep: thoughts.perStep,
      padToMax: thoughts.padToMax,
      steps,
      random: own,
    });
    return trainingSequence(script, this.#method, plan, {
      // Without a curriculum no step is ever shown, in language or as a label.
      everyThought: thoughts.supervised && this.#method.curriculum,
      thoughtsPerStep: thoughts.perStep,
    });
  }
}

/** Positions that a sequence takes after its prompt. */
function lengthOf({ opening, latents, suffix }: TrainingSequence): number {
  return opening.length + latents + suffix.length;
}

/** @throws LensError unless there are items with steps */
function requireItems({ name }: PhaseConfig, items: readonly Item[] | undefined): void {
  if (items === undefined)
    throw new LensError(`phase ${name}`, 'draws no graphs and has no items', 'give items', 'usage');
  const without = items.find(({ path }) => path.length === 0);
  if (without !== undefined) {
    throw new LensError(`item ${without.id}`, 'has no steps to learn from', 'give items with steps', 'usage');
  }
}
