// Names that the command line needs before it loads this folder, and with it the engine: nothing is imported here.

/** The models of known algorithm that the battery is calibrated on. */
export const CALIBRATION_NAMES = [
  'bfs',
  'frontier',
  'greedy',
  'degree',
  'elimination',
  'copy-through',
  'head-start',
  'stride',
  'hidden-search',
  'hidden-search-other',
  'walk-counts',
  'carried-answer',
  'late-answer',
  'late-answer-in-sight',
  'constant-holder',
  'unused-search',
  'beam-2',
  'beam-3',
  'beam-lookahead',
  'depth-first',
  'random-init',
] as const;
