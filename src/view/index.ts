export { claimReportHtml, type ClaimReportProvenance } from './claim-report.js';
export { pageItems, type PageItems, type PageItemsPlan } from './page-items.js';
export type { BaselineProvenance } from './report-header.js';
export { reportHtml, type ReportInput } from './report-html.js';
export type { ShownItem, ShownThoughts } from './shown-item.js';
export { trainingPageHtml, type TrainingPage } from './training-page.js';
export { thoughtPanels, type PanelOptions, type ThoughtPanels } from './thought-panels.js';
