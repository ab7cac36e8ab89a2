export { chartFigure } from './chart-figure.js';
export type { Chart, ChartAxis, ChartPanel, ChartPoint, ChartSeries, ChartSpan } from './chart.js';
export { figureCsv, formatCsv } from './csv.js';
export { roleOf } from './dag/glyph.js';
export { layoutDag, type DagLayout, type PlacedNode } from './dag/layout.js';
export { dagLegend } from './dag/legend.js';
export type { Band } from './dag/ranks.js';
export { DAG_CSS, themeCss } from './dag/style.js';
export { dagSvg, type DagFigure, type LiveMarks, type NodeProbabilities } from './dag/svg.js';
export { layoutTree, MOST_PLACES, type TreeLayout } from './dag/tree-layout.js';
export { frontierName } from './dag/words.js';
export { isCut, shortName, wholeName } from './display-name.js';
export { dataUri, escapeText } from './escape.js';
export { exploreScript, policyHash, type PageScript } from './explore-script.js';
export { figureHtml } from './figure-html.js';
export type { Figure, FigureOptions, FigureRow } from './figure.js';
export { colourClass, markText, shapeAt } from './marks.js';
export { matrixFigure, type Matrix } from './matrix.js';
export {
  BELOW_FRACTIONS,
  coordinate,
  estimateNumber,
  exactFloat,
  fixed,
  formatFraction,
  formatMagnitude,
  formatProbability,
  niceCeiling,
} from './numbers.js';
export { FIGURE_CSS } from './palette.js';
export { PLOTLY_IMAGES, PLOTLY_STYLES, plotlyScript } from './plotly-script.js';
export { figureSvg, lineAt, rectAt, textAt, textWidth, tip, wrap } from './svg.js';
