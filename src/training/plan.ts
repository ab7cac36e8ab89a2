import { turnEventLoop } from '../event-loop.js';
import { prepare, type PreparedRun } from './run-training.js';
import { Trainer } from './trainer.js';

/** What a phase of a training asks for. */
export interface PhasePlan {
  readonly name: string;
  /** At most: a phase with `until` may end before. */
  readonly steps: number;
  /** Questions in a step. */
  readonly questions: number;
  /** Positions that a step computes, those of padding included; of its first step. */
  readonly positions: number;
  /** Wall time of a step in milliseconds, as measured: the shortest of those that needed no program compiled. */
  readonly msPerStep: number;
}

/** What a training asks for, found by taking some steps of each phase. */
export interface TrainingPlan {
  readonly phases: readonly PhasePlan[];
  readonly parameters: number;
  /** The most memory that this process has had, in bytes. */
  readonly bytes: number;
  /** All steps at the measured times; validation and checkpoints come on top. */
  readonly seconds: number;
}

/** Steps that a phase is tried with at most, and how many of them are timed: batches of one phase have several shapes. */
const TRIED = 10;
const TIMED = 3;

/** The inputs of a step that have an element for each position. */
const READ = ['prompt', 'opening', 'labels'] as const;

/**
 * Tries a training out: some steps of each phase, of which those are timed that find their program compiled. Nothing is
 * written.
 *
 * @throws LensError if the data do not fit the configuration
 */
export async function planTraining(run: PreparedRun): Promise<TrainingPlan> {
  const { batches, state, gpt2 } = prepare(run);
  const phases: PhasePlan[] = [];
  for (const [number, phase] of run.config.phases.entries()) {
    run.signal?.throwIfAborted();
    const { inputs } = batches.draw(number, 0, 0);
    const positions = READ.reduce((sum, name) => sum + inputs[name].data.length, 0);
    const steps = batches.stepsOf(phase);
    const trainer = new Trainer(run.config, gpt2, run.data, run.seed, { ...state, phase: number });
    try {
      const msPerStep = await timed(trainer, Math.min(TRIED, steps));
      const { name, batchGraphs, batchQuestions, accumulate } = phase;
      phases.push({
        name,
        steps,
        questions: batchGraphs * batchQuestions * accumulate,
        positions: positions * accumulate,
        msPerStep,
      });
    } finally {
      trainer.dispose();
    }
    await turnEventLoop();
  }
  return {
    phases,
    parameters: Object.values(state.parameters).reduce((sum, { data }) => sum + data.length, 0),
    bytes: process.resourceUsage().maxRSS * 1024,
    seconds: phases.reduce((sum, { steps, msPerStep }) => sum + (steps * msPerStep) / 1000, 0),
  };
}

/** Milliseconds of a step; of one that compiles, where a phase has no other. */
async function timed(trainer: Trainer, steps: number): Promise<number> {
  const times: number[] = [];
  let compiling = Infinity;
  for (let i = 0; i < steps && times.length < TIMED; i++) {
    const { ms, compiled } = await trainer.step();
    if (compiled) compiling = Math.min(compiling, ms);
    else times.push(ms);
  }
  return times.length === 0 ? compiling : Math.min(...times);
}
