export type {
  BootstrapDescription,
  BreadthReadout,
  ContrastName,
  ContrastReadout,
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
export { formatContrastTable, formatFrontierTable, formatPublishedTable } from './frontier-table.js';
export { CONTRASTS, PUBLISHED_GROUPS, type Contrast } from './groups.js';
