import { escapeText } from './escape.js';
import type { PlotlySpec } from './plotly-spec.js';

/** JSON that may stand inside a `<script>`: it cannot end it, nor open a comment. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

/**
 * A figure for a page. The button is hidden until the page's script finds it, so that nothing is offered which does not
 * work; `data-title` is what the button's label says it explores.
 */
export function figureHtml(svg: string, title: string, spec?: PlotlySpec): string {
  // Wide drawings scroll in a narrow window, by keyboard too.
  const still = `<div class="cl-still" role="group" aria-label="${escapeText(title)}" tabindex="0">${svg}</div>`;
  if (spec === undefined) return `<div class="cl-chart">${still}</div>`;
  const label = escapeText(`Explore: ${title}`);
  return `<div class="cl-chart">${still}<div class="cl-live" hidden></div><button type="button" class="cl-explore" aria-label="${label}" aria-pressed="false" hidden>Explore</button><script type="application/json">${scriptJson(spec)}</script></div>`;
}
