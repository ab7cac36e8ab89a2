export { dagSvg, type DagFigure, type LiveMarks, type NodeProbabilities } from './dag-svg.js';
export { dagLegend } from './dag-legend.js';
export { layoutDag, type DagLayout, type PlacedNode } from './dag-layout.js';
export type { Band } from './dag-ranks.js';
export { thoughtPanels, type PanelOptions, type ThoughtPanels } from './thought-panels.js';
export type { AnalysisProvenance } from './analysis-provenance.js';
export { reportHtml, type ReportInput } from './report-html.js';
export { frontierCsv, readoutCsv } from './csv.js';
export { pageItems, type PageItems, type PageItemsPlan } from './page-items.js';
export type { ShownItem, ShownThoughts } from './shown-item.js';
export type { BesideProvenance } from './report-header.js';
export { claimReportHtml, type ClaimReportProvenance } from './claim-report.js';
export {
  calibrationVerdictsFigure,
  confusionFigure,
  type CalibrationResult,
  exploreScript,
  type PageScript,
  type Figure,
  type FigureOptions,
  type FigureRow,
  figureCsv,
  findingMatrix,
  claimForest,
  findingForest,
  type ClaimFinding,
  frontierFigure,
  type FrontierMass,
  edgeAttentionFigure,
  innerProductsFigure,
  edgeAttentionHistogram,
  innerProductsHistogram,
  type HistogramOptions,
  entityBeliefFigure,
  heightFigure,
  interpolationFigure,
  logitLensFigure,
  logitLensMassFigure,
  type LogitLensOptions,
  matrixFigure,
  type Matrix,
  parallelismFigure,
  type ParallelismOptions,
  PLOTLY_IMAGES,
  PLOTLY_STYLES,
  plotlyScript,
  probeMatrixFigure,
  type ProbeMatrixResult,
  questionPriorFigure,
  trainingFigure,
  type TrainingPoint,
  treeFigure,
  treeItemFigure,
  type TreeItemOptions,
} from './figures/index.js';
