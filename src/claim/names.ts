// Names that the command line needs before it loads this folder, and with it the engine: nothing is imported here.

/** The models of known algorithm that the battery is calibrated on. */
export const CALIBRATION_NAMES = [
  'bfs',
  'frontier',
  'greedy',
  'degree',
  'elimination',
  'copy-through',
  'random-init',
] as const;
