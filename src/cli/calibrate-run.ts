import { spawn } from 'node:child_process';
import {
  calibrateModel,
  claimFindings,
  FLIPS,
  truthOf,
  type CalibrationModel,
  type ClaimFindings,
  type Expected,
} from '../claim/index.js';
import { InterruptedError, LensError } from '../errors.js';
import { drawBatteryItems } from './battery-items.js';
import type { CommandContext } from './command.js';
import { EXIT } from './exit-codes.js';
import { flagName } from './flags.js';

/** One model's battery on one seed's items: all that can be done by itself. */
export interface CellPlan {
  readonly model: CalibrationModel;
  readonly seed: number;
  readonly n: number;
  readonly resamples: number;
  readonly batchSize: number;
}

/** What came of it, as `calibrate --json` has it. */
export interface CellResult extends ClaimFindings {
  readonly model: CalibrationModel;
  readonly truth: string;
  readonly seed: number;
  readonly expected: Expected;
  /** What is not as expected, in words. */
  readonly wrong: readonly string[];
}

/** Runs one cell in this process. */
export async function runCell(
  { model, seed, n, resamples, batchSize }: CellPlan,
  signal: AbortSignal,
  onProgress: (completed: number) => void,
): Promise<CellResult> {
  const settings = { seed, resamples, flips: FLIPS };
  const items = drawBatteryItems(seed, n);
  const cell = await calibrateModel(model, items, { seed, batchSize, onProgress, signal }, settings);
  if (cell === undefined) throw interrupted();
  const { result, expected, wrong } = cell;
  return { model, truth: truthOf(model), seed, expected, wrong, ...claimFindings(result) };
}

/**
 * Runs one cell in a process of its own, on one thread. Half of a battery is JavaScript, which one process does on one core
 * whatever the number of threads; cells side by side keep all cores busy.
 *
 * @param program the file of the command-line program
 */
async function spawnCell(
  program: string,
  { model, seed, n, resamples, batchSize }: CellPlan,
  engine: string,
  env: CommandContext['io']['env'],
  signal: AbortSignal,
): Promise<CellResult> {
  const flags = { models: model, seed, seeds: 1, n, resamples, batchSize, engine };
  const words = Object.entries(flags).flatMap(([name, value]) => [flagName(name), String(value)]);
  const child = spawn(process.execPath, [program, 'calibrate', ...words, '--json', '--quiet'], {
    env: { ...env, COCONUT_LENS_THREADS: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  const [text, errors, code] = await Promise.all([
    gather(child.stdout),
    gather(child.stderr),
    new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    }).catch((error: unknown) => {
      if (signal.aborted) throw interrupted();
      throw error;
    }),
  ]);
  if (signal.aborted || code === EXIT.interrupted) throw interrupted();
  if (code !== EXIT.ok && code !== EXIT.check) {
    throw new LensError(
      `${model}, seed ${seed}`,
      `its process failed (${errors.trim() || `exit code ${code}`})`,
      'give --jobs 1 to run everything in one process',
    );
  }
  // The same program wrote it a moment ago: not input from outside.
  return (JSON.parse(text) as { cells: [CellResult] }).cells[0];
}

async function gather(stream: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

/**
 * Runs cells, several at a time, each in a process of its own; or one after the other in this process.
 *
 * @param jobs how many at a time
 * @returns in the order of the plans, whichever ended first
 */
export async function runCells(
  plans: readonly CellPlan[],
  jobs: number,
  engine: string,
  { program, env, signal }: CommandContext['io'],
  onProgress: (completedItems: number, plan: CellPlan) => void,
): Promise<CellResult[]> {
  const results = new Array<CellResult>(plans.length);
  const inProcesses = program !== undefined && jobs > 1 && plans.length > 1;
  // What fails once would be paid for in the other processes as well.
  const failed = new AbortController();
  const stop = AbortSignal.any([signal, failed.signal]);
  let next = 0;
  let completed = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < plans.length; index = next++) {
      const plan = plans[index];
      const before = completed;
      results[index] = inProcesses
        ? await spawnCell(program, plan, engine, env, stop)
        : await runCell(plan, signal, (items) => onProgress(before + items, plan));
      completed += plan.n;
      onProgress(completed, plan);
    }
  };
  const workers = Array.from({ length: inProcesses ? Math.min(jobs, plans.length) : 1 }, worker);
  try {
    await Promise.all(workers);
  } catch (error) {
    failed.abort();
    await Promise.allSettled(workers);
    throw error;
  }
  return results;
}

function interrupted(): InterruptedError {
  return new InterruptedError('interrupted: a calibration keeps nothing');
}
