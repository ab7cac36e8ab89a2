import { itemSearch } from '../dataset/index.js';
import {
  coordinate,
  dagSvg,
  estimateNumber,
  exactFloat,
  MOST_PLACES,
  roleOf,
  shortName,
  wholeName,
} from '../drawing/index.js';
import { nodeClasses, UNREACHED } from '../graph/index.js';
import { CLASS_WORDS } from '../readout/index.js';
import type { ListedItem } from './item-list.js';
import { markup, trusted, type Markup } from './markup.js';
import { MASS_WORDS, massParts, type MassParts } from './mass-parts.js';
import type { PageState } from './page-state.js';
import { thoughtCaption } from './report-item.js';
import { scaleOf, type ShownItem } from './shown-item.js';

/** Whether a recording has this thought of the item. */
function hasThought(shown: ShownItem, recording: number, thought: number): boolean {
  return thought <= (shown.recordings[recording]?.nodes.length ?? 0);
}

function massList(parts: MassParts): Markup {
  const rows = Object.entries(MASS_WORDS).map(([part, words]) => {
    const value = parts[part as keyof MassParts];
    return markup`<tr><th scope="row">${words}</th><td>${estimateNumber(value, 3)}</td><td class="bar"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="${coordinate(100 * value)}" height="8"/></svg></td></tr>
`;
  });
  return markup`<table class="mass"><caption class="unseen">Where the probability lies</caption><tbody>${rows}</tbody></table>`;
}

function treeNote({ item }: ShownItem): string {
  const left = itemSearch(item).neverReached().length;
  return `A node stands once at the end of every path to it, with its whole probability each time (again: it stands further up or left too). ${left === 0 ? '' : `The ${left} nodes that the root cannot reach are not in the tree. `}At most ${MOST_PLACES} places are drawn, the shortest paths first.`;
}

/** One drawing per recording, for the state given. */
export function sides(shown: ShownItem, labels: readonly string[], state: PageState): Markup {
  const { item } = shown;
  const { thought, shape, pins, threshold, magnified } = state;
  const maximum = scaleOf(shown, magnified);
  const figures = shown.recordings.map((thoughts, i) => {
    const heading = labels.length === 1 ? '' : markup`<h3>${wholeName(labels[i])}</h3>`;
    if (thoughts === undefined || !hasThought(shown, i, thought)) {
      const what = thoughts === undefined ? 'does not have this item' : `has no thought ${thought} of this item`;
      return markup`<figure>${heading}<p>${wholeName(labels[i])} ${what}.</p></figure>`;
    }
    const values = { thought, probabilities: thoughts.nodes[thought - 1], maximum };
    const svg = dagSvg({ item, id: `live-${i}`, values, shape, live: { pins, threshold } });
    return markup`<figure data-recording="${i}" data-shape="${shape}">${heading}<figcaption>${thoughtCaption(shown, thoughts, thought)}</figcaption><div class="scroll">${trusted(svg)}</div>${massList(massParts(item, thoughts)[thought - 1])}</figure>
`;
  });
  return markup`${figures}${shape === 'tree' ? markup`<p class="lede">${treeNote(shown)}</p>` : ''}`;
}

/** What a tooltip says of a node: its whole name, what it is, and its probability to the last bit. */
export function tip(shown: ShownItem, labels: readonly string[], node: number, thought: number): Markup {
  const { item } = shown;
  const search = itemSearch(item);
  const depth = search.depths[node];
  const role = roleOf(item, node);
  const words = [
    ...(role === 'node' ? [] : [role]),
    depth === UNREACHED ? 'not reachable from the root' : `depth ${depth}`,
    CLASS_WORDS[nodeClasses(search.graph, search, thought)[node]].name,
  ].join(' · ');
  const lines = shown.recordings.map((thoughts, i) => {
    const of = labels.length === 1 ? `after thought ${thought}` : `${wholeName(labels[i])}, thought ${thought}`;
    const value =
      thoughts !== undefined && hasThought(shown, i, thought)
        ? exactFloat(thoughts.nodes[thought - 1][node])
        : 'not recorded';
    return markup`<dt>${of}</dt><dd>${value}</dd>`;
  });
  return markup`<b>${wholeName(item.names[node])}</b><span>${words}</span><dl>${lines}</dl>`;
}

/** What is read aloud when a thought is stepped to. */
export function spoken(shown: ShownItem, labels: readonly string[], thought: number): string {
  return shown.recordings
    .map((thoughts, i) => {
      const of = labels.length === 1 ? '' : `${labels[i]}: `;
      if (thoughts === undefined || !hasThought(shown, i, thought)) return `${of}not recorded.`;
      const { frontier, offGraph } = massParts(shown.item, thoughts)[thought - 1];
      return `${of}thought ${thought}: on the frontier ${estimateNumber(frontier, 3)}, off the graph ${estimateNumber(offGraph, 3)}.`;
    })
    .join(' ');
}

/** A row of the list of items. */
export function listRow(listed: ListedItem, question: string, chosen: boolean): Markup {
  const { index, id, depth, nodes, frontier, target, decoy, offGraph } = listed;
  const values = [frontier, target, decoy, offGraph].map((value) => markup`<td>${estimateNumber(value, 3)}</td>`);
  return markup`<tr${chosen ? markup` class="chosen"` : ''}><th scope="row"><button type="button" data-item="${index}"${chosen ? markup` aria-current="true"` : ''}>${shortName(id)}</button></th><td>${depth}</td><td>${nodes}</td>${values}<td class="words">${question}</td></tr>
`;
}

/** The question's last sentence. */
export function shortQuestion({ names, root, candidates }: ShownItem['item']): string {
  const [of, first, second] = [root, ...candidates].map((node) => shortName(names[node]));
  return `Is ${of} a ${first} or ${second}?`;
}
