/** A chart in plotly's own form. Colours are named ({@link ink}) and filled in by the page for its theme. */
export interface PlotlySpec {
  readonly data: readonly object[];
  readonly layout: object;
}

/** The name of a colour of FIGURE_THEMES inside a {@link PlotlySpec}: `@ink`, `@s0`. The page's script puts it in. */
export function ink(name: string): string {
  return `@${name}`;
}

/** What all layouts share; `height` in pixels. */
export function plotlyLayout(title: string, height: number): object {
  return {
    title: { text: '', subtitle: { text: '' } },
    meta: { title },
    height,
    autosize: true,
    paper_bgcolor: ink('paper'),
    plot_bgcolor: ink('paper'),
    font: { color: ink('ink'), family: 'system-ui, "DejaVu Sans", sans-serif', size: 12 },
    margin: { l: 60, r: 20, t: 40, b: 50 },
    legend: { orientation: 'h', y: -0.14, yanchor: 'top' },
    hovermode: 'closest',
  };
}
