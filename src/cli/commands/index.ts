import type { CommandSpec } from '../command.js';
import { calibrate } from './calibrate.js';
import { claim } from './claim.js';
import { compare } from './compare.js';
import { dataGenerate } from './data-generate.js';
import { dataInspect } from './data-inspect.js';
import { demo } from './demo.js';
import { doctor } from './doctor.js';
import { evaluate } from './evaluate.js';
import { exportCommand } from './export.js';
import { frontier } from './frontier.js';
import { importCommand } from './import.js';
import { notebook } from './notebook.js';
import { probeList } from './probe-list.js';
import { probeMatrix } from './probe-matrix.js';
import { probeNew } from './probe-new.js';
import { probeRun } from './probe-run.js';
import { readout } from './readout.js';
import { record } from './record.js';
import { report } from './report.js';
import { train } from './train.js';
import { verify } from './verify.js';

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandSpec[] = [
  demo,
  importCommand,
  train,
  record,
  evaluate,
  compare,
  frontier,
  readout,
  probeList,
  probeRun,
  probeMatrix,
  probeNew,
  claim,
  calibrate,
  report,
  notebook,
  exportCommand,
  dataGenerate,
  dataInspect,
  verify,
  doctor,
];
