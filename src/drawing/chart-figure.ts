import { chartPlotly } from './chart-plotly.js';
import { chartSvg } from './chart-svg.js';
import { textOn, type Chart } from './chart.js';
import { figureHtml } from './figure-html.js';
import type { Figure, FigureRow } from './figure.js';

/** A chart as a figure. */
export function chartFigure(chart: Chart): Figure {
  return {
    svg: () => chartSvg(chart),
    html: () => figureHtml(chartSvg(chart), chart.title, chartPlotly(chart)),
    data: () => chartRows(chart),
  };
}

function chartRows({ panels, columnNames }: Chart): FigureRow[] {
  return panels.flatMap(({ heading, series, x: axis }) =>
    series.flatMap(({ name, points }) =>
      points.map(({ x, value, low, high, n, clusters }) => ({
        [columnNames.panel]: heading,
        series: name,
        [columnNames.x]: textOn(axis, x) ?? x,
        [columnNames.y]: value,
        low: low ?? null,
        high: high ?? null,
        n: n ?? null,
        graphs: clusters ?? null,
      })),
    ),
  );
}
