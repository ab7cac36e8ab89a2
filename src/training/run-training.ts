import { join } from 'node:path';
import { gpt2TensorShapes, writeGpt2, type Gpt2Config, type Gpt2Weights } from '../checkpoint/index.js';
import { turnEventLoop } from '../event-loop.js';
import type { HostTensor } from '../tensor/index.js';
import type { Wording } from '../tokenizer/index.js';
import type { Question } from './training-example.js';
import { createRandom, type Random } from '../random.js';
import type { TrainingData } from './batches.js';
import type { PhaseConfig, TrainingConfig } from './config.js';
import { initialWeights } from './initial-weights.js';
import { modelConfigOf } from './model-config.js';
import { initialState, type Best, type Checkpoint, type TrainingState } from './state.js';
import { startWeights } from './start-weights.js';
import { Trainer, type StepReport } from './trainer.js';
import { TrainingFolder, type Metrics } from './training-folder.js';
import { outcomesOf, validationQuestions, type Outcome } from './validate.js';

/** A training, and where it goes. */
export interface TrainingRun {
  readonly config: TrainingConfig;
  readonly seed: number;
  readonly data: TrainingData;
  /** How the finished model is asked, for validation. */
  readonly wording: Wording;
  /** The model that training starts from; absent: weights drawn from the seed. */
  readonly start?: Pick<Gpt2Weights, 'config' | 'tensors' | 'sha256'> | undefined;
  /** What else identifies the data: hashes of the files. */
  readonly sources: Readonly<Record<string, string>>;
  /** The folder to make, or to go on in. */
  readonly out: string;
  readonly resume: boolean;
  /** Called after every step. */
  readonly onStep?: ((report: StepReport) => void) | undefined;
  /** Called whenever a line of metrics.jsonl was written; waited for. */
  readonly onMetrics?: ((measurement: Measurement) => void | Promise<void>) | undefined;
  /** Looked at after every step: once it is aborted, a checkpoint is written and training stops. */
  readonly signal?: AbortSignal | undefined;
}

/** How far a training has come when it is measured. */
export interface Measurement {
  /** The lines of metrics.jsonl, the new one last; those of the time before an interruption are among them. */
  readonly metrics: readonly Metrics[];
  /** What was said to the validation questions. */
  readonly outcomes: readonly Outcome[];
  readonly model: Gpt2Config;
}

/** What can be said of a training before it has a folder. */
export type PreparedRun = Omit<TrainingRun, 'out' | 'resume'>;

/** How a training ended. */
export interface TrainingResult {
  readonly finished: boolean;
  readonly steps: number;
  /** The step that it went on from; 0 for a new one. */
  readonly resumedFrom: number;
  readonly model: Gpt2Config;
  /** SHA-256 of model.safetensors, once finished. */
  readonly sha256: string | undefined;
  /** Accuracy on the last phase's validation questions, as last measured. */
  readonly accuracy: number | undefined;
}

/** The version of training.json. */
const VERSION = 1;

/**
 * Trains a model to the end, or until interrupted, in a folder that it can be resumed from: same configuration, seed and
 * data, same bytes, however often it was interrupted in between.
 *
 * @throws LensError if the folder cannot be used, the data do not fit the configuration, or training diverges; the last
 * checkpoint then stays
 */
export async function runTraining(run: TrainingRun): Promise<TrainingResult> {
  const { config, seed, data, start } = run;
  // Made before the folder: what is wrong with the data is found before anything is written.
  const probe = prepare(run);
  const { gpt2 } = probe;
  const shapes = gpt2TensorShapes(gpt2);
  const folder = await TrainingFolder.open(
    run.out,
    { version: VERSION, config, seed, start: start?.sha256 ?? null, ...run.sources },
    run.resume,
  );
  let trainer = probe;
  try {
    const { state, metrics } = await folder.load(shapes);
    if (state !== undefined) trainer = new Trainer(config, gpt2, data, seed, state);
    const monitor = new Monitor(run, gpt2, metrics, state);
    const resumedFrom = trainer.state.total;
    while (trainer.phase !== undefined) {
      const { phase } = trainer;
      const { phase: number } = trainer.state;
      const report = await trainer.step();
      await turnEventLoop();
      run.onStep?.(report);
      const accuracy = await monitor.see(report, number, trainer.state, (metrics) => folder.log(metrics));
      if (trainer.state.phase === number && isOver(phase, accuracy, monitor.best)) trainer.endPhase();
      if (trainer.state.phase !== number) {
        monitor.takeBest((parameters) => trainer.goOnFrom(parameters));
      }
      const { keepEvery } = config;
      if (keepEvery !== undefined && report.total % keepEvery === 0)
        await writeGpt2(keptFolder(run.out, report.total), { config: gpt2, tensors: floats(trainer.state) }, 'F16');
      const interrupted = run.signal?.aborted === true;
      if (interrupted || report.total % config.checkpointEvery === 0 || trainer.state.phase !== number) {
        await folder.save({ ...trainer.state, ...monitor.kept });
      }
      if (interrupted) break;
    }
    const finished = trainer.phase === undefined;
    const sha256 = finished ? await writeGpt2(run.out, { config: gpt2, tensors: floats(trainer.state) }) : undefined;
    return { finished, steps: trainer.state.total, resumedFrom, model: gpt2, sha256, accuracy: monitor.last };
  } finally {
    trainer.dispose();
    await folder.close();
  }
}

/**
 * The trainer before its first step.
 *
 * @throws LensError if the data do not fit the configuration
 */
export function prepare(run: PreparedRun): Trainer {
  const { config, seed, data, start } = run;
  const gpt2 = modelConfigOf(config, start?.config);
  const trainer = new Trainer(config, gpt2, data, seed, initialState(initialTensors(run, gpt2)));
  for (const phase of config.phases.keys()) {
    trainer.batches.draw(phase, 0, 0);
    validationOf(run, gpt2, phase);
  }
  trainer.batches.requireRoom();
  return trainer;
}

function initialTensors({ config, seed, start, data }: PreparedRun, gpt2: Gpt2Config): Record<string, HostTensor> {
  if (start !== undefined) return startWeights(start, gpt2.vocabSize, data.english?.tokenizer.encode('<<')[0]);
  const { deviation, previousTokenHeads } = config.model ?? { deviation: 0.02, previousTokenHeads: 0 };
  return initialWeights(createRandom(`initial weights ${seed}`), gpt2, { deviation, previousTokenHeads });
}

function validationRandom(seed: number, phase: number): Random {
  return createRandom(`validation ${seed}`).fork(`phase ${phase}`);
}

/** The questions that a phase is validated on. */
function validationOf({ config, seed, data, wording }: PreparedRun, gpt2: Gpt2Config, phase: number): Question[] {
  const asked = { wording, positions: gpt2.nPositions };
  return validationQuestions(config, config.phases[phase], data, asked, validationRandom(seed, phase));
}

function floats({ parameters }: TrainingState): Gpt2Weights['tensors'] {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { data, shape }]) => [name, { data: data as Float32Array, shape }]),
  );
}

/** Where the model of a step stays; folders sort as their steps do. */
function keptFolder(out: string, total: number): string {
  return join(out, 'steps', String(total).padStart(7, '0'));
}

/** Whether a phase ends before its last step. */
function isOver({ until, patience }: PhaseConfig, accuracy: number | undefined, best: Best | undefined): boolean {
  if (accuracy === undefined) return false;
  return (until !== undefined && accuracy >= until) || (patience !== undefined && (best?.since ?? 0) >= patience);
}

/** The outcomes by the depth of the target. */
function byDepth(outcomes: readonly Outcome[]): NonNullable<Metrics['byDepth']> {
  const depthOf = ({ question }: Outcome): number => question.path.length - 1;
  const depths = [...new Set(outcomes.map(depthOf))].sort((a, b) => a - b);
  return Object.fromEntries(
    depths.map((depth) => {
      const own = outcomes.filter((outcome) => depthOf(outcome) === depth);
      return [depth, [own.filter(({ right }) => right).length, own.length]];
    }),
  );
}

/** Measures accuracy when it is due and keeps what lies between two measurements. */
class Monitor {
  /** The accuracy measured last. */
  last: number | undefined;
  /** What was measured best in a phase with `patience`. */
  best: Best | undefined;
  readonly #run: TrainingRun;
  readonly #gpt2: Gpt2Config;
  /** Of the steps since metrics were last written, also of those before an interruption. */
  #losses: number[];
  /** Steps that the times are of, of this process alone. */
  #timed = 0;
  #ms = 0;
  #engineMs = 0;
  #metrics: readonly Metrics[];

  /**
   * @param metrics lines up to the checkpoint
   * @param checkpoint that the training goes on from
   */
  constructor(run: TrainingRun, gpt2: Gpt2Config, metrics: readonly Metrics[], checkpoint: Checkpoint | undefined) {
    this.#run = run;
    this.#gpt2 = gpt2;
    this.#metrics = metrics;
    this.#losses = [...(checkpoint?.losses ?? [])];
    this.last = checkpoint?.accuracy;
    this.best = checkpoint?.best;
  }

  /** What a checkpoint must keep, so that an interruption does not show in the metrics. */
  get kept(): Pick<Checkpoint, 'losses' | 'accuracy' | 'best'> {
    return { losses: [...this.#losses], accuracy: this.last, best: this.best };
  }

  /** @returns the accuracy, where it was measured */
  async see(
    report: StepReport,
    phaseNumber: number,
    state: TrainingState,
    log: (metrics: Metrics) => Promise<void>,
  ): Promise<number | undefined> {
    const { config, seed, wording } = this.#run;
    this.#losses.push(report.loss);
    this.#timed++;
    this.#ms += report.ms;
    this.#engineMs += report.engineMs;
    if (report.step % config.validation.every !== 0 && state.phase === phaseNumber) return undefined;
    const phase = config.phases[phaseNumber];
    const random = validationRandom(seed, phaseNumber);
    const questions = validationOf(this.#run, this.#gpt2, phaseNumber);
    const outcomes =
      questions.length === 0
        ? []
        : await outcomesOf(state.parameters, this.#gpt2, config, phase, questions, wording, random);
    const accuracy = outcomes.length === 0 ? undefined : outcomes.filter(({ right }) => right).length / outcomes.length;
    this.#compare(phase, accuracy, state);
    const n = this.#losses.length;
    const metrics: Metrics = {
      phase: report.phase,
      step: report.step,
      total: report.total,
      loss: rounded(this.#losses.reduce((a, b) => a + b, 0) / n, 5),
      norm: rounded(report.norm, 4),
      learningRate: rounded(report.learningRate, 4),
      ...(accuracy !== undefined && { accuracy }),
      ...(accuracy !== undefined && phase.task === 'question' && { byDepth: byDepth(outcomes) }),
      msPerStep: rounded(this.#ms / this.#timed, 4),
      engineMsPerStep: rounded(this.#engineMs / this.#timed, 4),
    };
    this.#losses = [];
    this.#ms = this.#engineMs = this.#timed = 0;
    this.last = accuracy ?? this.last;
    await log(metrics);
    this.#metrics = [...this.#metrics, metrics];
    await this.#run.onMetrics?.({ metrics: this.#metrics, outcomes, model: this.#gpt2 });
    return accuracy;
  }

  /** Hands over what was measured best in the phase that is over, if it is known. */
  takeBest(take: (parameters: Best['parameters']) => void): void {
    if (this.best === undefined) return;
    take(this.best.parameters);
    this.last = this.best.accuracy;
    this.best = undefined;
  }

  #compare({ patience }: PhaseConfig, accuracy: number | undefined, { parameters }: TrainingState): void {
    if (patience === undefined || accuracy === undefined) return;
    const { best } = this;
    this.best =
      best === undefined || accuracy > best.accuracy
        ? { accuracy, parameters, since: 0 }
        : { ...best, since: best.since + 1 };
  }
}

const rounded = (x: number, digits: number): number => Number(x.toPrecision(digits));
