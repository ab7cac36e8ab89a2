/**
 * coconut-lens: record, read and test the continuous thoughts of Coconut language models. `open` a model folder, and ask the
 * `Lens` that it gives. What is not here stands behind subpaths: `coconut-lens/graph`, `/dataset`, `/statistics`, `/model`,
 * `/recording`, `/readout`, `/intervention`, `/claim`, `/drawing`, `/probe`, `/training`, `/report`.
 *
 * @module
 */

// Models and items
export {
  open,
  type Claim,
  type ClaimOptions,
  type Lens,
  type OpenOptions,
  type ReadoutOptions,
  type ReadoutOutcome,
  type RecordOptions,
  type RunSettings,
  type SpeakingSettings,
  type Shown,
} from './lens/index.js';
export { itemSearch, permuteIds, randomItems, readItems, rootTwin, type Item, type ItemFile } from './dataset/index.js';
export { createRandom, type Random } from './random.js';
export type { ThoughtTrace } from './model/index.js';

// Recordings
export { openRecording, type MemoryRecording, type Recording, type ThoughtRecord } from './recording/index.js';

// What there is to ask, and how to add to it
export { definePrediction, PREDICTIONS, type ClaimResult } from './claim/index.js';
export { ABLATIONS } from './intervention/index.js';
export { defineProbe, type ProbeSite } from './probe/index.js';

export { defineReadout, READOUTS, type ReadoutName } from './readout/index.js';

// Drawings
export { dagSvg, type Figure } from './drawing/index.js';
export { thoughtPanels } from './view/index.js';

// Numbers and errors
export type { Estimate } from './statistics/index.js';
export { InterruptedError, LensError } from './errors.js';
