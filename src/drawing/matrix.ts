import type { Estimate } from '../statistics/index.js';
import { plotlyText } from './chart-plotly.js';
import { figureHtml } from './figure-html.js';
import type { Figure, FigureRow } from './figure.js';
import { markText } from './marks.js';
import { matrixSvg } from './matrix-svg.js';
import { ink, plotlyLayout, type PlotlySpec } from './plotly-spec.js';

/** A grid of estimates: thoughts by depths, layers by thoughts, edits by thoughts. */
export interface Matrix {
  readonly id: string;
  readonly title: string;
  readonly notes: readonly string[];
  readonly description: string;
  /** What rows and columns are: `thought`, `depth`. */
  readonly rowName: string;
  readonly columnName: string;
  /** Texts of the rows from the top and of the columns from the left. They are ticks at 0, 1, 2, ...: never categories. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** undefined where there is no such cell. */
  readonly cell: (row: number, column: number) => Estimate | undefined;
  /** The number of no effect: colours are of what lies above and below it. */
  readonly reference: number;
  /** The distance from the reference that has the full colour: the quantity's own, for every model and data set. */
  readonly extent: number;
}

/** How far a value lies from the reference, from -1 to 1. */
export function strengthOf({ reference, extent }: Matrix, value: number): number {
  return Math.max(-1, Math.min(1, (value - reference) / extent));
}

/** The cells that there are, row by row. */
export function cellsOf({ rows, columns, cell }: Matrix): { row: number; column: number; estimate: Estimate }[] {
  return rows.flatMap((_, row) =>
    columns.flatMap((__, column) => {
      const estimate = cell(row, column);
      return estimate === undefined ? [] : [{ row, column, estimate }];
    }),
  );
}

/** A heat map in which every cell has its number, interval and n. */
export function matrixFigure(matrix: Matrix): Figure {
  return {
    svg: () => matrixSvg(matrix),
    html: () => figureHtml(matrixSvg(matrix), matrix.title, matrixPlotly(matrix)),
    data: () =>
      cellsOf(matrix).map(({ row, column, estimate: { value, low, high, n, clusters } }): FigureRow => ({
        [matrix.rowName]: matrix.rows[row],
        [matrix.columnName]: matrix.columns[column],
        value,
        low,
        high,
        n,
        graphs: clusters,
      })),
  };
}

function matrixPlotly(matrix: Matrix): PlotlySpec {
  const { rows, columns, cell, reference, extent } = matrix;
  const words = rows.map((_, row) => columns.map((__, column) => cell(row, column)));
  const ticks = (texts: readonly string[]): object => ({
    tickvals: texts.map((_, i) => i),
    ticktext: texts.map(plotlyText),
    zeroline: false,
    showgrid: false,
  });
  return {
    data: [
      {
        type: 'heatmap',
        x: columns.map((_, i) => i),
        y: rows.map((_, i) => i),
        z: words.map((line) => line.map((estimate) => estimate?.value ?? null)),
        text: words.map((line) => line.map((estimate) => (estimate === undefined ? '' : markText(estimate)))),
        hovertemplate: '%{text}<extra></extra>',
        zmin: reference - extent,
        zmax: reference + extent,
        colorscale: [
          [0, ink('below')],
          [0.5, ink('paper')],
          [1, ink('above')],
        ],
        xgap: 2,
        ygap: 2,
      },
    ],
    layout: {
      ...plotlyLayout(matrix.title, 140 + 48 * rows.length),
      xaxis: { title: { text: plotlyText(matrix.columnName) }, ...ticks(columns) },
      yaxis: { title: { text: plotlyText(matrix.rowName) }, autorange: 'reversed', ...ticks(rows) },
    },
  };
}
