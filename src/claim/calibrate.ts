import { availableParallelism } from 'node:os';
import { keepsNothing } from '../errors.js';
import { defineWork, WorkerPool, type PoolOptions } from '../parallel/index.js';
import { ensureEngine } from '../tensor/index.js';
import { calibrateModel, type CalibrationCell, type CalibrationModel } from './calibration.js';
import { drawBatteryItems } from './draw-items.js';
import { CALIBRATION_NAMES } from './names.js';

/** One model on one seed's items: all that can be done by itself. */
interface CellInput {
  readonly model: CalibrationModel;
  readonly seed: number;
}

/** What all cells have in common. */
interface CellSetup {
  /** Fresh items for each seed. */
  readonly n: number;
  /** Items that go through a model at once. */
  readonly batchSize: number;
}

/** Which models the battery is calibrated on, and on what items. */
export interface CalibrateOptions extends CellSetup, PoolOptions {
  /** As for a pool, but one per core by default. */
  readonly workers?: number | undefined;
  /** Default: all of them. */
  readonly models?: readonly CalibrationModel[] | undefined;
  /** One set of items each. */
  readonly seeds: readonly number[];
  /** Called with how many items are done, of models x seeds x n, and the model that the last of them were of. */
  readonly onProgress?: ((completed: number, model: CalibrationModel) => void) | undefined;
  /** Called with each cell as it is ready, in any order. */
  readonly onCell?: ((cell: CalibrationCell) => void) | undefined;
}

/** As the official items, but with decoys as deep as targets: F16 searches on from the decoy's side. */
const SIZES = { depthGap: 1 } as const;

const calibrationWork = defineWork(import.meta.url, ({ n, batchSize }: CellSetup) => ({
  run({ model, seed }: CellInput, { report, signal }) {
    const observing = { seed, batchSize, criteriaOnly: true, onProgress: report, signal };
    return calibrateModel(model, drawBatteryItems(seed, n, SIZES), observing);
  },
}));

/** For the threads that do it. */
export default calibrationWork;

/**
 * Runs the battery on models whose algorithm is known: does it tell them apart, each for the right reason?
 *
 * Half of a battery is JavaScript, which a thread does on one core; `workers` side by side keep all cores busy. On another
 * engine than ONNX Runtime all is done in this thread.
 *
 * @returns seed after seed, in each the models in their order
 * @throws InterruptedError once `signal` is aborted; nothing is kept
 */
export async function calibrate(options: CalibrateOptions): Promise<CalibrationCell[]> {
  const { n, batchSize, models = CALIBRATION_NAMES, seeds, signal, onProgress, onCell } = options;
  const inputs = seeds.flatMap((seed) => models.map((model): CellInput => ({ model, seed })));
  const { name } = await ensureEngine();
  const workers = name === 'onnxruntime' ? Math.min(options.workers ?? availableParallelism(), inputs.length) : 0;
  const pool = new WorkerPool(calibrationWork, { n, batchSize }, { workers, signal });
  let completed = 0;
  const cell = async (input: CellInput): Promise<CalibrationCell> => {
    let before = 0;
    const onItems = (items: number): void => {
      completed += items - before;
      before = items;
      onProgress?.(completed, input.model);
    };
    const found = await pool.run(input, { onProgress: onItems });
    onCell?.(found);
    return found;
  };
  try {
    return await keepsNothing('a calibration', signal, Promise.all(inputs.map(cell)));
  } finally {
    await pool.close();
  }
}
