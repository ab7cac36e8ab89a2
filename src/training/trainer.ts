import type { Gpt2Config } from '../checkpoint/index.js';
import { compile, type HostTensor, type Program, type Signature } from '../tensor/index.js';
import { LensError } from '../errors.js';
import { createRandom } from '../random.js';
import type { HostBatch } from './batch.js';
import { Batches, type TrainingData } from './batches.js';
import { methodOf, type PhaseConfig, type TrainingConfig } from './config.js';
import { learningRate } from './curriculum.js';
import { dropoutKeys } from './dropout-mask.js';
import { zeroMoments, type TrainingState } from './state.js';
import { gradientProgram, trainingStep, updateProgram, type GradientOptions, type UpdateOptions } from './step.js';

type Tensors = Readonly<Record<string, HostTensor>>;

/** What one step did. */
export interface StepReport {
  readonly phase: string;
  /** Of the phase, from 1. */
  readonly step: number;
  /** Steps that the phase has, at most. */
  readonly phaseSteps: number;
  /** Of all phases, from 1. */
  readonly total: number;
  /** Mean cross-entropy over the labels, in nats. */
  readonly loss: number;
  /** Norm of all gradients together, before clipping. */
  readonly norm: number;
  readonly learningRate: number;
  /** Labels that the loss is the mean of. */
  readonly labels: number;
  /** Wall time of the step, and of what the engine did of it, in milliseconds. */
  readonly ms: number;
  readonly engineMs: number;
  /** Whether a program was compiled for it, the first of its shape: such a step takes several times as long. */
  readonly compiled: boolean;
}

/** Compiled programs kept at once; each holds the working memory of its shape. */
const PROGRAM_LIMIT = 12;

/** A loss this many times that of guessing, for as many steps in a row, is taken for divergence. */
const DIVERGENCE = { factor: 4, steps: 20 } as const;

/**
 * Trains a model as a configuration says. It only computes: writing checkpoints and metrics is its caller's. Given the
 * same state, seed and data, it goes on with the same bytes.
 */
export class Trainer {
  readonly batches: Batches;
  #state: TrainingState;
  readonly #config: TrainingConfig;
  readonly #gradient: Omit<GradientOptions, 'thoughts'>;
  readonly #update: UpdateOptions;
  readonly #programs = new Map<string, Program>();
  readonly #guessing: number;
  readonly #seed: number | string;
  #bad = 0;
  #compiled = false;

  /**
   * @param gpt2 the model's configuration
   * @param state where to begin: `initialState`, or a checkpoint's
   */
  constructor(
    config: TrainingConfig,
    readonly gpt2: Gpt2Config,
    data: TrainingData,
    seed: number | string,
    state: TrainingState,
  ) {
    const { optimizer, thoughts } = config;
    const method = methodOf(config);
    this.#config = config;
    this.#state = state;
    this.#guessing = Math.log(gpt2.vocabSize);
    this.#seed = seed;
    this.batches = new Batches(config, data, createRandom(`training ${seed}`), gpt2.nPositions);
    this.#gradient = {
      config: gpt2,
      input: method.input === 'thought' && thoughts.detach ? 'detached' : method.input,
      pauseToken: gpt2.coconut?.latentTokens?.latent,
      dropout: config.dropout,
    };
    const { beta1, beta2, epsilon, weightDecay, decay, matrices, maxNorm } = optimizer;
    this.#update = { adamw: { beta1, beta2, epsilon, weightDecay }, matrices, decay, maxNorm };
  }

  /** What a checkpoint holds. */
  get state(): TrainingState {
    return this.#state;
  }

  /** The phase of the next step; undefined once the training is over. */
  get phase(): PhaseConfig | undefined {
    return this.#config.phases.at(this.#state.phase);
  }

  /** Steps that the current phase has, at most. */
  get phaseSteps(): number {
    return this.phase === undefined ? 0 : this.batches.stepsOf(this.phase);
  }

  /** Goes on from other parameters, to which AdamW's moments do not belong. */
  goOnFrom(parameters: Tensors): void {
    this.#state = { ...this.#state, ...zeroMoments(parameters), parameters };
  }

  /** Leaves the rest of the current phase out. */
  endPhase(): void {
    this.#state = { ...this.#state, phase: this.#state.phase + 1, step: 0 };
    // Batches of the next phase have other shapes.
    this.dispose();
  }

  /**
   * One optimiser step.
   *
   * @throws LensError if the loss is not finite or the training diverges; the state stays that of the step before
   */
  async step(): Promise<StepReport> {
    const started = performance.now();
    const { phase } = this;
    if (phase === undefined) throw new LensError('training', 'is over', 'start another');
    const state = this.#begin(phase);
    const { step } = state;
    const batches = Array.from({ length: phase.accumulate }, (_, part) => this.#draw(state.phase, step, part));
    const rate = learningRate(phase, step, this.phaseSteps);
    const inputs = {
      ...prefixed('parameter', state.parameters),
      ...prefixed('first', state.first),
      ...prefixed('second', state.second),
      ...this.#schedule(rate, state.updates + 1),
    };
    this.#compiled = false;
    const engineStarted = performance.now();
    const outputs = await this.#run(batches, inputs);
    const engineMs = performance.now() - engineStarted;
    const loss = outputs['loss'].data[0];
    const norm = outputs['norm'].data[0];
    this.#requireSound(phase, step, loss, norm);
    this.#state = {
      parameters: unprefixed('parameter', outputs),
      first: unprefixed('first', outputs),
      second: unprefixed('second', outputs),
      phase: state.phase,
      step: step + 1,
      updates: state.updates + 1,
      total: state.total + 1,
    };
    const { phaseSteps } = this;
    if (step + 1 >= phaseSteps) this.endPhase();
    const labels = batches.reduce((sum, { labelled }) => sum + labelled, 0);
    const ms = performance.now() - started;
    const { total } = this.#state;
    return {
      phase: phase.name,
      step: step + 1,
      phaseSteps,
      total,
      loss,
      norm,
      learningRate: rate,
      labels,
      ms,
      engineMs,
      compiled: this.#compiled,
    };
  }

  /** Frees what the engine holds; a further step compiles anew. */
  dispose(): void {
    for (const program of this.#programs.values()) program.dispose();
    this.#programs.clear();
  }

  /** The state that the next step starts from: with new moments where the phase asks for them. */
  #begin({ resetOptimizer, resetEveryEpoch, ...phase }: PhaseConfig): TrainingState {
    const { step, parameters } = this.#state;
    const newEpoch =
      resetEveryEpoch && step % this.batches.stepsPerEpoch({ resetOptimizer, resetEveryEpoch, ...phase }) === 0;
    const reset = (step === 0 && resetOptimizer) || newEpoch;
    return reset ? { ...this.#state, ...zeroMoments(parameters) } : this.#state;
  }

  /** One batch, with what its dropout masks depend on. */
  #draw(phase: number, step: number, part: number): HostBatch {
    const batch = this.batches.draw(phase, step, part);
    const { dropout = 0 } = this.#config;
    if (dropout === 0) return batch;
    return { ...batch, inputs: { ...batch.inputs, dropoutKeys: dropoutKeys(this.#seed, { phase, step, part }) } };
  }

  #schedule(rate: number, update: number): Tensors {
    const { beta1, beta2 } = this.#config.optimizer;
    return {
      learningRate: scalar(rate),
      correction1: scalar(1 - beta1 ** update),
      correction2: scalar(1 - beta2 ** update),
    };
  }

  async #run(batches: readonly HostBatch[], inputs: Tensors): Promise<Tensors> {
    if (batches.length === 1) {
      const [{ shape, inputs: batch }] = batches;
      const { latents: thoughts } = shape;
      return this.#program('step', { ...inputs, ...batch }, () =>
        trainingStep({ ...this.#gradient, ...this.#update, thoughts }),
      );
    }
    const parameters = Object.fromEntries(Object.entries(inputs).filter(([name]) => name.startsWith('parameter:')));
    const labels = batches.reduce((sum, { labelled }) => sum + labelled, 0);
    const sums: Record<string, HostTensor> = {};
    let loss = 0;
    for (const { shape, inputs: batch, labelled } of batches) {
      const { latents: thoughts } = shape;
      const outputs = await this.#program('gradient', { ...parameters, ...batch }, () =>
        gradientProgram({ ...this.#gradient, thoughts }),
      );
      // Weighted by its labels, so that the parts together have the gradient of one batch.
      loss += (labelled / labels) * outputs['loss'].data[0];
      for (const [name, { data, ...rest }] of Object.entries(unprefixed('gradient', outputs))) {
        const sum = (sums[`gradient:${name}`] ??= { ...rest, data: new Float32Array(data.length) });
        for (let i = 0; i < data.length; i++) sum.data[i] += labelled * data[i];
      }
    }
    const weighted = { ...inputs, ...sums, share: scalar(1 / labels) };
    const updated = await this.#program('update', weighted, () => updateProgram(this.#update));
    return { ...updated, loss: scalar(loss) };
  }

  async #program(kind: string, inputs: Tensors, build: () => ReturnType<typeof trainingStep>): Promise<Tensors> {
    const changing = Object.entries(inputs).filter(([name]) => !name.includes(':'));
    const key = `${kind} ${changing.map(([name, { shape }]) => `${name}[${shape.join()}]`).join(' ')}`;
    let program = this.#programs.get(key);
    if (program === undefined) {
      const signature: Signature = Object.fromEntries(
        Object.entries(inputs).map(([name, { shape, dtype }]) => [name, { shape, dtype }]),
      );
      program = await compile(build(), signature, { keepMemory: true });
      this.#compiled = true;
    }
    this.#programs.delete(key);
    this.#programs.set(key, program);
    if (this.#programs.size > PROGRAM_LIMIT) {
      const [[oldest, stale]] = this.#programs;
      stale.dispose();
      this.#programs.delete(oldest);
    }
    return program.run(inputs);
  }

  #requireSound(phase: PhaseConfig, step: number, loss: number, norm: number): void {
    const where = `phase ${phase.name}, step ${step + 1}`;
    const remedy = 'lower the learning rate, or clip gradients (optimizer.maxNorm)';
    if (!Number.isFinite(loss) || !Number.isFinite(norm))
      throw new LensError(where, `loss or gradient is not finite (loss ${loss}, norm ${norm})`, remedy);
    this.#bad = loss > DIVERGENCE.factor * this.#guessing ? this.#bad + 1 : 0;
    if (this.#bad >= DIVERGENCE.steps)
      throw new LensError(
        where,
        `diverges (loss ${loss.toFixed(2)}, guessing has ${this.#guessing.toFixed(2)})`,
        remedy,
      );
  }
}

function scalar(value: number): HostTensor {
  return { data: Float32Array.of(value), shape: [], dtype: 'float32' };
}

function prefixed(prefix: string, tensors: Tensors): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${prefix}:${name}`, tensor]));
}

function unprefixed(prefix: string, tensors: Tensors): Tensors {
  const own = Object.entries(tensors).filter(([name]) => name.startsWith(`${prefix}:`));
  return Object.fromEntries(own.map(([name, tensor]) => [name.slice(prefix.length + 1), tensor]));
}
