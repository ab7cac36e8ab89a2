import { OUTCOME_WORDS, type ListColumn } from './item-list.js';
import { markup, type Markup } from './markup.js';
import type { PageItems } from './page-items.js';
import { THRESHOLDS } from './page-state.js';

/** The frame of the visualiser: controls, and room for what its script draws. */
export function explorer(): Markup {
  return markup`<p class="lede" id="unscripted">Scripts are off: everything recorded of this item is drawn and listed below; stepping and choosing other items need them.</p>
<div id="explorer" hidden>
<div class="controls">
<div class="control" role="group" aria-label="Thought">
<button type="button" id="step-back" aria-label="One thought back">◀</button>
<label for="thought">thought</label><input type="range" id="thought" min="1" max="1" step="1" value="1"><output id="thought-said" for="thought"></output>
<button type="button" id="step-on" aria-label="One thought on">▶</button></div>
<fieldset class="control"><legend>view</legend><label><input type="radio" name="shape" value="graph" checked> graph</label><label><input type="radio" name="shape" value="tree"> tree of paths</label></fieldset>
<div class="control"><label><input type="checkbox" id="magnify"> magnify</label></div>
<div class="control"><label for="threshold">fade below</label><input type="range" id="threshold" min="0" max="${THRESHOLDS.length - 1}" step="1" value="0"><output id="threshold-said" for="threshold"></output></div>
</div>
<div id="sides"></div>
<p class="lede unprinted">← → step through the thoughts. ↑ ↓ go from node to node in a drawing; Enter or a click pins a node, to compare it across thoughts.</p>
<div id="pins"></div>
<p id="spoken" class="unseen" aria-live="polite"></p>
</div>
<div id="tip" role="tooltip" hidden></div>
`;
}

const COLUMNS: readonly (readonly [column: ListColumn, heading: string, note: string])[] = [
  ['index', 'item', 'id'],
  ['depth', 'depth', 'of the target'],
  ['nodes', 'nodes', 'in the graph'],
  ['frontier', 'on the frontier', 'mean over thoughts'],
  ['target', 'target', 'last thought'],
  ['decoy', 'decoy', 'last thought'],
  ['offGraph', 'off the graph', 'last thought'],
];

/** The frame of the list of items. */
export function itemBrowser({ shown, total, labels }: PageItems): Markup {
  const all = shown.length === total;
  const held = all
    ? `All ${total} items of the recording.`
    : `This page holds ${shown.length} of the recording’s ${total} items: the first ones and the one it was made with.`;
  const of = labels.length === 1 ? '' : ` Numbers are those of ${labels[0]}.`;
  const headings = COLUMNS.map(
    ([column, heading, note]) =>
      markup`<th scope="col"${column === 'index' ? markup` aria-sort="ascending"` : ''}><button type="button" data-sort="${column}">${heading}</button><small>${note}</small></th>`,
  );
  return markup`<details id="browser" hidden><summary>Choose another item</summary>
<p class="lede">${held}${of} A recording holds no answers: <i>last thought</i> is what the last recorded thought gives to the two candidates, not what the model would say after it.</p>
<div class="controls"><div class="control"><label for="search">search</label><input type="search" id="search" placeholder="id or name" autocomplete="off" spellcheck="false"></div>
<div class="control"><label for="outcome">last thought</label><select id="outcome"><option value="all">any</option>${Object.entries(OUTCOME_WORDS).map(([value, words]) => markup`<option value="${value}">${words}</option>`)}</select></div>
<output id="found" for="search outcome"></output></div>
<div class="scroll list" role="region" aria-label="Items" tabindex="0"><table><thead><tr>${headings}<th scope="col">question</th></tr></thead><tbody id="list"></tbody></table></div>
</details>
`;
}
