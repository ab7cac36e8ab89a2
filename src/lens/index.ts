export { checkItems, type ItemsDemand } from './check-items.js';
export { claimOf, type BatterySample, type Claim } from './claim.js';
export { writeClaimReport, type ClaimReportPlan, type ClaimReportResult } from './claim-report.js';
export { examine, requireClaimable, type ExaminedModel } from './examine.js';
export type { ItemSource } from './item-source.js';
export { comparison, Lens, type ClaimOptions, type Shown } from './lens.js';
export { open, type OpenOptions } from './open.js';
export {
  readoutOfItems,
  readoutOfRecording,
  type ReadoutOptions,
  type ReadoutOutcome,
  type ReadoutResults,
} from './readout.js';
export { PROGRAM, recordToFolder, type RecordedFolder, type RecordOptions } from './record.js';
export { writeReport, type ReportPlan, type ReportResult } from './report.js';
export { figuresOf, type ResultFigures } from './result-figures.js';
export type { RunSettings, SpeakingSettings, StatisticsSettings } from './settings.js';
export { tryHeads, type HeadTrial, type HeadTrials } from './try-heads.js';
export { wordingOf } from './wording.js';
