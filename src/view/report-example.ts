import { englishQuestion, itemGraph } from '../dataset/index.js';
import { breadthFirstDepths, UNREACHED } from '../graph/index.js';
import type { ThoughtRecord } from '../recording/index.js';
import { roleOf } from './dag-glyph.js';
import { frontierName } from './dag-svg.js';
import { markup, trusted, type Markup } from './markup.js';
import { fixed } from './numbers.js';
import { creditedProbabilities, thoughtPanels } from './thought-panels.js';

/** Where the probability lies after one thought of this item, as a line under its drawing. */
function panelCaption(record: ThoughtRecord, probabilities: Float32Array, depths: Int32Array, thought: number): Markup {
  const frontier = [...depths.keys()].filter((node) => depths[node] === thought);
  const mass = frontier.reduce((sum, node) => sum + probabilities[node], 0);
  const off = fixed(record.offGraphMass[thought - 1]);
  const onFrontier =
    frontier.length === 0
      ? markup`${frontierName(thought)} is empty: nothing is left to reach`
      : markup`on ${frontierName(thought)} (${frontier.length} ${frontier.length === 1 ? 'node' : 'nodes'}) ${fixed(mass)}`;
  return markup`<figcaption><b>Thought ${thought}</b> ${onFrontier} · off the graph ${off}</figcaption>`;
}

/** The numbers of the drawings, node by node. */
function nodeTable(record: ThoughtRecord, depths: Int32Array): Markup {
  const { item } = record;
  const credited = creditedProbabilities(record);
  const order = [...item.names.keys()].sort((a, b) => {
    const [x, y] = [a, b].map((node) => (depths[node] === UNREACHED ? Infinity : depths[node]));
    return x === y ? a - b : x - y;
  });
  const nodeRows = order.map((node) => {
    const role = roleOf(item, node);
    const depth = depths[node] === UNREACHED ? 'not reachable' : depths[node];
    const cells = credited.map((probabilities, i) => {
      const value = fixed(probabilities[node], 4);
      return depths[node] === i + 1 ? markup`<td class="frontier"><b>${value}</b></td>` : markup`<td>${value}</td>`;
    });
    return markup`<tr><th scope="row">${item.names[node]}${role === 'node' ? '' : markup` <small>${role}</small>`}</th><td>${depth}</td>${cells}</tr>
`;
  });
  return markup`<div class="scroll" role="region" aria-labelledby="node-table" tabindex="0"><table>
<caption><span id="node-table">Probability of every node after each thought, as drawn above. Bold: in the frontier of that thought.</span></caption>
<thead><tr><th scope="col">node</th><th scope="col">depth</th>${credited.map((_, i) => markup`<th scope="col">thought ${i + 1}</th>`)}</tr></thead>
<tbody>
${nodeRows}</tbody></table></div>
`;
}

/** One item from question to thoughts: its text, its graph after each thought, and the numbers behind the drawings. */
export function exampleSection(record: ThoughtRecord): Markup {
  const { item } = record;
  const depths = breadthFirstDepths(itemGraph(item), item.root);
  const credited = creditedProbabilities(record);
  const { legend, panels, maximum } = thoughtPanels(record, { id: 'example' });
  const text = englishQuestion(item, item.names);
  const split = text.lastIndexOf('. ') + 2;
  const path = item.path.length === 0 ? undefined : item.path.map((node) => item.names[node]).join(' → ');
  return markup`<section aria-labelledby="example-heading">
<h2 id="example-heading">One item, thought by thought</h2>
<p class="lede">Each drawing shows the graph of item ${item.id} after one more thought. Columns are distances from the root, so a breadth-first search fills one more column with each thought; the column it should be in is shaded. All drawings share one scale: a full glyph is ${maximum}.</p>
<blockquote class="question"><p>${text.slice(0, split)}<strong>${text.slice(split)}</strong></p></blockquote>
<p>Answer: <strong>${item.names[item.target]}</strong>, at depth ${depths[item.target]}${path === undefined ? '' : markup` (${path})`}. The other candidate, ${item.names[item.decoy]}, cannot be reached from ${item.names[item.root]}.</p>
<div class="scroll key" role="region" aria-label="Key to the graphs" tabindex="0">${trusted(legend)}</div>
<div class="panels">
${panels.map(
  (
    svg,
    i,
  ) => markup`<figure>${panelCaption(record, credited[i], depths, i + 1)}<div class="scroll" role="region" aria-label="Graph after thought ${i + 1}" tabindex="0">${trusted(svg)}</div></figure>
`,
)}</div>
<details><summary>The numbers of these drawings</summary>
${nodeTable(record, depths)}</details>
</section>
`;
}
