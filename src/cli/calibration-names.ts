/**
 * The models of known algorithm, for the help: src/claim itself is only loaded when it calibrates. A test holds them to be
 * the same.
 */
export const CALIBRATION_NAMES = [
  'bfs',
  'frontier',
  'greedy',
  'degree',
  'elimination',
  'copy-through',
  'random-init',
] as const;
