import { englishQuestion, itemSearch } from '../dataset/index.js';
import { dagLegend, estimateNumber, frontierName, isCut, roleOf, shortName, wholeName } from '../drawing/index.js';
import { UNREACHED } from '../graph/index.js';
import { markup, trusted, type Markup } from './markup.js';
import { type ShownItem, type ShownThoughts } from './shown-item.js';
import { drawPanels } from './thought-panels.js';

// What a report says of one item. The report draws it for the item it was made with, its script for the one chosen.

/** Where the probability lies after one thought of this item, as a line above its drawing. */
export function thoughtCaption(shown: ShownItem, { nodes, offGraph }: ShownThoughts, thought: number): Markup {
  const depths = itemSearch(shown.item).depths;
  const probabilities = nodes[thought - 1];
  const frontier = [...depths.keys()].filter((node) => depths[node] === thought);
  const mass = frontier.reduce((sum, node) => sum + probabilities[node], 0);
  const off = estimateNumber(offGraph[thought - 1], 3);
  const onFrontier =
    frontier.length === 0
      ? markup`${frontierName(thought)} is empty: nothing is left to reach`
      : markup`on ${frontierName(thought)} (${frontier.length} ${frontier.length === 1 ? 'node' : 'nodes'}) ${estimateNumber(mass, 3)}`;
  return markup`<b>Thought ${thought}</b> ${onFrontier} · off the graph ${off}`;
}

/** The item in words: what is drawn, its question and its answer. */
export function itemText(shown: ShownItem): Markup {
  const { item } = shown;
  const names = item.names.map(shortName);
  const text = englishQuestion(item, names);
  const split = text.lastIndexOf('. ') + 2;
  const path = item.path.length === 0 ? undefined : item.path.map((node) => names[node]).join(' → ');
  return markup`<p class="lede">Each drawing shows the graph of item ${shortName(item.id)} after one more thought. Columns are distances from the root, so a breadth-first search fills one more column with each thought; the column it should be in is shaded. A full glyph is a probability of 1, in this and every other report; nothing below .005 is drawn.</p>
<blockquote class="question"><p>${text.slice(0, split)}<strong>${text.slice(split)}</strong></p></blockquote>
<p>Answer: <strong>${names[item.target]}</strong>, at depth ${itemSearch(shown.item).depths[item.target]}${path === undefined ? '' : markup` (${path})`}. The other candidate, ${names[item.decoy]}, cannot be reached from ${names[item.root]}.</p>
`;
}

/** The key to all drawings. */
export function itemKey(): Markup {
  return trusted(dagLegend('example-key'));
}

function recordingHeading(labels: readonly string[], i: number): Markup {
  return labels.length === 1 ? markup`` : markup`<h3>${wholeName(labels[i])}</h3>`;
}

function missing(label: string): Markup {
  return markup`<p>${wholeName(label)} does not have this item.</p>`;
}

/** The item's graph once per thought and recording. */
export function itemPanels(shown: ShownItem, labels: readonly string[]): Markup {
  const parts = shown.recordings.map((thoughts, i) => {
    if (thoughts === undefined) return markup`${recordingHeading(labels, i)}${missing(labels[i])}`;
    const id = i === 0 ? 'example' : `example-${i + 1}`;
    const of = labels.length === 1 ? '' : `, ${labels[i]}`;
    const panels = drawPanels(shown.item, thoughts, { id });
    return markup`${recordingHeading(labels, i)}<div class="panels">
${panels.map(
  (
    svg,
    c,
  ) => markup`<figure><figcaption>${thoughtCaption(shown, thoughts, c + 1)}</figcaption><div class="scroll" role="region" aria-label="Graph after thought ${c + 1}${of}" tabindex="0">${trusted(svg)}</div></figure>
`,
)}</div>
`;
  });
  return markup`${parts}`;
}

/** The numbers of an item's drawings, node by node: a table per recording. */
export function itemTables(shown: ShownItem, labels: readonly string[]): Markup {
  const tables = shown.recordings.map((thoughts, i) =>
    thoughts === undefined
      ? missing(labels[i])
      : nodeTable(
          shown,
          thoughts,
          i === 0 ? 'node-table' : `node-table-${i + 1}`,
          labels.length === 1 ? '' : labels[i],
        ),
  );
  return markup`${tables}`;
}

function nodeTable(shown: ShownItem, { nodes }: ShownThoughts, id: string, label: string): Markup {
  const { item } = shown;
  const depths = itemSearch(shown.item).depths;
  const order = [...item.names.keys()].sort((a, b) => {
    const [x, y] = [a, b].map((node) => (depths[node] === UNREACHED ? Infinity : depths[node]));
    return x === y ? a - b : x - y;
  });
  const rows = order.map((node) => {
    const role = roleOf(item, node);
    const name = item.names[node];
    const depth = depths[node] === UNREACHED ? 'not reachable' : depths[node];
    const cells = nodes.map((probabilities, i) => {
      const value = estimateNumber(probabilities[node], 4);
      return depths[node] === i + 1 ? markup`<td class="frontier"><b>${value}</b></td>` : markup`<td>${value}</td>`;
    });
    return markup`<tr><th scope="row"${isCut(name) ? markup` title="${wholeName(name)}"` : ''}>${shortName(name)}${role === 'node' ? '' : markup` <small>${role}</small>`}</th><td>${depth}</td>${cells}</tr>
`;
  });
  return markup`<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0"><table>
<caption><span id="${id}">Probability of every node after each thought, as drawn above${label === '' ? '' : markup`, in ${wholeName(label)}`}. Bold: in the frontier of that thought.</span></caption>
<thead><tr><th scope="col">node</th><th scope="col">depth</th>${nodes.map((_, i) => markup`<th scope="col">thought ${i + 1}</th>`)}</tr></thead>
<tbody>
${rows}</tbody></table></div>
`;
}
