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
export { frontierRows } from './frontier-rows.js';
export { formatAucTable, formatFrontierTable, formatPublishedTable } from './frontier-table.js';
export { AUC_CONTRASTS, PUBLISHED_GROUPS, type Contrast } from './groups.js';
export { alignColumns } from './text-table.js';
