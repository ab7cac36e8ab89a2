import type { Data, Layout } from 'plotly.js-cartesian-dist-min';
import type { Chart, ChartAxis, ChartPanel, ChartSeries } from './chart.js';
import { SERIES_COLOURS } from './palette.js';
import { ink, plotlyLayout, type PlotlySpec } from './plotly-spec.js';

const SYMBOLS = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'star', 'y-up'] as const;
const DASHES = ['solid', 'dash', 'dot'] as const;
const ROW_HEIGHT = 320;

/** `x`, `x2`, `x3`, ...: the axes of panel i. */
function axisOf(letter: 'x' | 'y', i: number): string {
  return i === 0 ? letter : `${letter}${i + 1}`;
}

function errorBars({ points }: ChartSeries): object | undefined {
  if (points.every(({ low, high }) => low === undefined || low === null || high === undefined || high === null))
    return undefined;
  const arm = (to: number | null | undefined, value: number | null): number =>
    to === undefined || to === null || value === null ? 0 : Math.abs(to - value);
  return {
    type: 'data',
    symmetric: false,
    array: points.map(({ high, value }) => arm(high, value)),
    arrayminus: points.map(({ low, value }) => arm(low, value)),
    thickness: 1.4,
  };
}

/** What the pointer shows beside x and y. */
function hover({ n, clusters, low, high }: ChartSeries['points'][number]): string {
  const interval =
    low === undefined || low === null || high === undefined || high === null ? '' : `<br>[${low}, ${high}]`;
  return `${interval}${n === undefined ? '' : `<br>n = ${n} (${clusters ?? n} graphs)`}`;
}

function trace(series: ChartSeries, panel: number, first: boolean): Data {
  const { name, points, drawn, style } = series;
  const shared = {
    name: plotlyText(name),
    legendgroup: name,
    showlegend: first,
    x: points.map(({ x }) => x),
    y: points.map(({ value }) => value),
    xaxis: axisOf('x', panel),
    yaxis: axisOf('y', panel),
    text: points.map(hover),
    hovertemplate: '%{x}: %{y}%{text}',
  };
  const colour = ink(`s${style % SERIES_COLOURS}`);
  if (drawn === 'stack') return { ...shared, type: 'bar', textposition: 'none', marker: { color: colour } };
  return {
    ...shared,
    type: 'scatter',
    mode: drawn === 'joined' || drawn === 'steps' ? 'lines' : drawn === 'marks' ? 'markers' : 'lines+markers',
    error_y: errorBars(series),
    line:
      drawn === 'steps'
        ? { color: colour, width: 2, shape: 'hvh' }
        : { color: colour, dash: DASHES[style % DASHES.length], width: 2 },
    marker: { color: colour, symbol: SYMBOLS[style % SYMBOLS.length], size: 8 },
  } as Data;
}

/** One numeric axis; `place` is its part of the drawing, from 0 to 1, and `across` the axis that it stands at. */
function axis({ label, domain, ticks, texts }: ChartAxis, place: readonly [number, number], across: string): object {
  const options: Readonly<Record<string, unknown>> = {
    title: { text: plotlyText(label) },
    range: domain,
    domain: place,
    anchor: across,
    gridcolor: ink('grid'),
    linecolor: ink('muted'),
    zeroline: false,
  };
  if (ticks === undefined) return options;
  return { ...options, tickvals: ticks, ...(texts !== undefined && { ticktext: texts.map(plotlyText) }) };
}

function axes(panels: readonly ChartPanel[], columns: number): Record<string, object> {
  const rows = Math.ceil(panels.length / columns);
  const [gapX, gapY] = [0.3 / (columns + 1), 0.5 / (rows + 1)];
  const [width, height] = [(1 - gapX * (columns - 1)) / columns, (1 - gapY * (rows - 1)) / rows];
  return Object.fromEntries(
    panels.flatMap(({ x, y }, i) => {
      const left = (i % columns) * (width + gapX);
      const top = 1 - Math.floor(i / columns) * (height + gapY);
      const number = i === 0 ? '' : String(i + 1);
      return [
        [`xaxis${number}`, axis(x, [left, left + width], axisOf('y', i))],
        [`yaxis${number}`, axis(y, [top - height, top], axisOf('x', i))],
      ];
    }),
  );
}

/** A chart for plotly: the same panels, series, colours and numeric axes, with exact numbers under the pointer. */
export function chartPlotly(chart: Chart): PlotlySpec {
  const columns = Math.min(chart.columns, Math.max(1, chart.panels.length));
  const seen = new Set<string>();
  const data = chart.panels.flatMap(({ series }, panel) =>
    series.map((one) => {
      const first = !seen.has(one.name);
      seen.add(one.name);
      return trace(one, panel, first);
    }),
  );
  const headings = chart.panels.map(({ heading }, i) => ({
    text: `<b>${plotlyText(heading)}</b>`,
    showarrow: false,
    xref: `${axisOf('x', i)} domain`,
    yref: `${axisOf('y', i)} domain`,
    x: 0,
    y: 1,
    yanchor: 'bottom',
  }));
  const lines = chart.panels.flatMap(({ levels = [] }, i) =>
    levels.map(({ value }) => ({
      type: 'line',
      xref: `${axisOf('x', i)} domain`,
      yref: axisOf('y', i),
      x0: 0,
      x1: 1,
      y0: value,
      y1: value,
      line: { color: ink('muted'), dash: 'dash', width: 1 },
    })),
  );
  const layout = {
    ...plotlyLayout(chart.title, ROW_HEIGHT * Math.ceil(chart.panels.length / columns) + 110),
    barmode: 'stack',
    annotations: headings,
    shapes: lines,
    ...axes(chart.panels, columns),
  } as Partial<Layout>;
  return { data, layout };
}

/** Plotly reads a little HTML in its texts; names are data and none of it. */
export function plotlyText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
