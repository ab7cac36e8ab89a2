/**
 * Drawings and figures: graphs as SVG, charts as SVG, plotly and rows.
 *
 * @module
 */
export {
  dagLegend,
  dagSvg,
  exploreScript,
  figureCsv,
  layoutDag,
  matrixFigure,
  PLOTLY_IMAGES,
  PLOTLY_STYLES,
  plotlyScript,
  type Band,
  type DagFigure,
  type DagLayout,
  type Figure,
  type FigureOptions,
  type FigureRow,
  type LiveMarks,
  type Matrix,
  type NodeProbabilities,
  type PageScript,
  type PlacedNode,
} from '../drawing/index.js';
