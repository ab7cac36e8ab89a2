export type {
  AucContrast,
  AucReadout,
  BootstrapDescription,
  BreadthReadout,
  DisjointGroup,
  FrontierReadout,
  FrontierRow,
  GroupReadout,
  MassReadout,
  PublishedGroup,
  ReachesTargetReadout,
  ThoughtReadout,
  TopOneReadout,
} from './frontier-readout.js';
export { readFrontier, type FrontierOptions } from './frontier.js';
export { graphKey } from './graph-key.js';
export { frontierRows } from './frontier-rows.js';
export { formatAucTable, formatFrontierTable, formatPublishedTable } from './frontier-table.js';
export { AUC_CONTRASTS, PUBLISHED_GROUPS, type Contrast } from './groups.js';
export { nodeShares } from './node-shares.js';
export { alignColumns, isExact } from './text-table.js';
export {
  CLASS_WORDS,
  CONTRAST_WORDS,
  PUBLISHED_WORDS,
  ranksOnly,
  SCORER_WORDS,
  type GroupWords,
  type NodeWords,
  type ScorerWords,
} from './words.js';
export {
  readInterpolation,
  type InterpolationObservation,
  type InterpolationReadout,
  type SpokenAfter,
} from './interpolation.js';
export { observeInterpolation } from './observe/interpolation.js';
export { blindWalk, PROCESS_CLASSES, processClass, type ProcessClass, type Said } from './process-class.js';
export type { ReadoutHead } from './readout-result.js';
export { readoutRows, type ReadoutRow } from './readout-rows.js';
export { formatInterpolation } from './tables/interpolation.js';
