/**
 * Pages: a recording or results of the battery as one HTML file.
 *
 * @module
 */
export {
  claimReportHtml,
  pageItems,
  reportHtml,
  thoughtPanels,
  type BaselineProvenance,
  type ClaimReportProvenance,
  type PageItems,
  type PageItemsPlan,
  type PanelOptions,
  type ReportInput,
  type ShownItem,
  type ShownThoughts,
  type ThoughtPanels,
} from '../view/index.js';
export type { AnalysisProvenance, Invocation } from '../provenance.js';
export { writeReport, type ReportPlan, type ReportResult } from '../lens/index.js';
