import type { Prediction, PredictionId } from '../prediction.js';
import { COMPETENCE, SEARCHED, type Thresholds } from '../thresholds.js';
import { necessity } from './f01-necessity.js';
import { controls } from './f02-controls.js';
import { neutral } from './f03-neutral.js';
import { breadth } from './f04-breadth.js';
import { advance } from './f05-advance.js';
import { edgeSwap } from './f06-edge-swap.js';
import { branches } from './f07-branches.js';
import { branchEdits } from './f08-branch-edits.js';
import { rivals } from './f09-rivals.js';
import { budget } from './f10-budget.js';
import { diversity } from './f11-diversity.js';
import { value } from './f12-value.js';
import { carrier } from './f13-carrier.js';
import { invariance } from './f14-invariance.js';
import { scrubbing } from './f15-scrubbing.js';
import { propagation } from './f16-propagation.js';
import { blindBeams } from './f17-blind-beams.js';

/** The battery, in its order. Each test's observations are its own; to all others they are just observations. */
export const PREDICTIONS = [
  necessity,
  controls,
  neutral,
  breadth,
  advance,
  edgeSwap,
  branches,
  branchEdits,
  rivals,
  budget,
  diversity,
  value,
  carrier,
  invariance,
  scrubbing,
  propagation,
  blindBeams,
] as readonly unknown[] as readonly Prediction[];

/** Their ids, in the same order. */
export const PREDICTION_IDS: readonly PredictionId[] = PREDICTIONS.map(({ id }) => id);

/** All thresholds of the battery by name, in its order. */
export const THRESHOLDS: Thresholds = Object.fromEntries([
  ['competence', COMPETENCE],
  ['searched', SEARCHED],
  ...PREDICTIONS.flatMap(({ thresholds }) => Object.entries(thresholds)),
]);
