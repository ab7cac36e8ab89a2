import { createHash } from 'node:crypto';
import { FIGURE_THEMES, type FigureTheme } from './palette.js';

/** A script for a page: its text, and its hash as a content security policy names it. */
export interface PageScript {
  readonly text: string;
  /** `sha256-...` */
  readonly hash: string;
}

/** The hash of an inline script or style, for a content security policy. */
export function policyHash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** The colours that a plotly spec names (`ink` in plotly-spec.ts). */
function named({ paper, ink, muted, grid, above, below, series }: FigureTheme): Readonly<Record<string, string>> {
  return { paper, ink, muted, grid, above, below, ...Object.fromEntries(series.map((colour, i) => [`s${i}`, colour])) };
}

/**
 * What makes charts explorable, once in a page, after them and after plotly: shows each chart's button, draws plotly over the
 * still drawing when it is pressed and takes it away when it is pressed again, in the colours of the page's theme.
 */
export function exploreScript(): PageScript {
  const themes = JSON.stringify({ light: named(FIGURE_THEMES.light), dark: named(FIGURE_THEMES.dark) });
  const text = `(() => {
const themes = ${themes};
const dark = matchMedia('(prefers-color-scheme: dark)');
for (const chart of document.querySelectorAll('.cl-chart')) {
  const spec = chart.querySelector(':scope > script[type="application/json"]');
  const button = chart.querySelector(':scope > .cl-explore');
  if (spec === null || button === null || typeof Plotly === 'undefined') continue;
  const still = chart.querySelector(':scope > .cl-still');
  const live = chart.querySelector(':scope > .cl-live');
  const draw = () => {
    const theme = dark.matches ? themes.dark : themes.light;
    const filled = JSON.parse(spec.textContent, (_, value) =>
      typeof value === 'string' && value.startsWith('@') && Object.hasOwn(theme, value.slice(1)) ? theme[value.slice(1)] : value);
    return Plotly.react(live, filled.data, filled.layout, { responsive: true, displaylogo: false });
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    const exploring = live.hidden;
    live.hidden = !exploring;
    still.hidden = exploring;
    button.textContent = exploring ? 'Still drawing' : 'Explore';
    button.setAttribute('aria-pressed', String(exploring));
    if (exploring) draw();
  });
  dark.addEventListener('change', () => { if (!live.hidden) draw(); });
}
})();`;
  return { text, hash: policyHash(text) };
}
