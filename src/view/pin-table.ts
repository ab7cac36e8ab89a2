import { line } from 'd3';
import { coordinate, estimateNumber, roleOf, shortName, wholeName } from '../drawing/index.js';
import { markup, trusted, type Markup } from './markup.js';
import type { PageState } from './page-state.js';
import { scaleOf, thoughtCount, type ShownItem } from './shown-item.js';

const WIDTH = 140;
const HEIGHT = 26;
const INSET = 4;

/** A line through the probabilities of a node; the dot is at the thought that is shown. */
function sparkline(values: readonly number[], thought: number, count: number, maximum: number): Markup {
  const x = (i: number): number => INSET + (count === 1 ? 0.5 : i / (count - 1)) * (WIDTH - 2 * INSET);
  const y = (value: number): number => HEIGHT - INSET - (value / maximum) * (HEIGHT - 2 * INSET);
  const path = line<number>((_, i) => x(i), y).digits(2)(values) ?? '';
  const value = values.at(thought - 1);
  const dot =
    value === undefined ? '' : `<circle cx="${coordinate(x(thought - 1))}" cy="${coordinate(y(value))}" r="3"/>`;
  return trusted(
    `<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" aria-hidden="true"><path d="${path}"/>${dot}</svg>`,
  );
}

/** The probabilities of the pinned nodes after every thought, a row per node and recording; nothing without pins. */
export function pinTable(
  shown: ShownItem,
  labels: readonly string[],
  { pins, thought, magnified }: Pick<PageState, 'pins' | 'thought' | 'magnified'>,
): Markup {
  if (pins.length === 0) return markup``;
  const count = thoughtCount(shown);
  const rows = pins.flatMap((node) =>
    shown.recordings.flatMap((thoughts, i) =>
      thoughts === undefined ? [] : [{ node, i, values: thoughts.nodes.map((probabilities) => probabilities[node]) }],
    ),
  );
  const maximum = scaleOf(shown, magnified);
  const body = rows.map(({ node, i, values }) => {
    const role = roleOf(shown.item, node);
    const of = labels.length === 1 ? '' : markup` <small>${wholeName(labels[i])}</small>`;
    const cells = Array.from({ length: count }, (_, c) => {
      const value = estimateNumber(values.at(c) ?? null, 4);
      return c === thought - 1 ? markup`<td class="now"><b>${value}</b></td>` : markup`<td>${value}</td>`;
    });
    const name = shortName(shown.item.names[node]);
    const unpin =
      i === 0 ? markup`<button type="button" data-unpin="${node}" aria-label="Unpin ${name}">✕</button>` : '';
    return markup`<tr><th scope="row">${name}${role === 'node' ? '' : markup` <small>${role}</small>`}${of}</th>${cells}<td>${sparkline(values, thought, count, maximum)}</td><td>${unpin}</td></tr>
`;
  });
  const headings = Array.from({ length: count }, (_, c) => markup`<th scope="col">thought ${c + 1}</th>`);
  return markup`<div class="scroll" role="region" aria-labelledby="pinned" tabindex="0"><table>
<caption><span id="pinned">Pinned nodes: their probability after every thought. All lines run from 0 to ${maximum}${magnified ? ' (magnified)' : ''}; the dot is the thought that is drawn.</span></caption>
<thead><tr><th scope="col">node</th>${headings}<th scope="col">line</th><td></td></tr></thead>
<tbody>${body}</tbody></table></div>
`;
}
