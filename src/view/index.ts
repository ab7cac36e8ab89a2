export { dagSvg, type DagFigure, type NodeProbabilities } from './dag-svg.js';
export { dagLegend } from './dag-legend.js';
export { layoutDag, type DagLayout, type PlacedNode } from './dag-layout.js';
export type { Band } from './dag-ranks.js';
export { thoughtPanels, type PanelOptions, type ThoughtPanels } from './thought-panels.js';
export type { AnalysisProvenance } from './analysis-provenance.js';
export { reportHtml, type ReportInput } from './report-html.js';
export { frontierCsv, readoutCsv } from './csv.js';
