export { checkItems, type ItemsDemand } from './check-items.js';
export type { ItemSource } from './item-source.js';
export { comparison, Lens, type RunSettings, type Shown, type StatisticsSettings } from './lens.js';
export { open, type OpenOptions } from './open.js';
export { PROGRAM, recordToFolder, type RecordedFolder, type RecordOptions } from './record.js';
