import type { PageItems } from './page-items.js';
import { explorer, itemBrowser } from './report-explorer.js';
import { itemKey, itemPanels, itemTables, itemText } from './report-item.js';
import { markup, type Markup } from './markup.js';

/**
 * One item from question to thoughts: its text, its graph after each thought, and the numbers behind the drawings. What
 * only a script can use is hidden until the script is there.
 */
export function exampleSection(page: PageItems): Markup {
  const { labels, shown, drawn } = page;
  const item = shown[drawn];
  return markup`<section id="example" aria-labelledby="example-heading">
<h2 id="example-heading">One item, thought by thought</h2>
${itemBrowser(page)}<div id="item-text">${itemText(item)}</div>
<div class="scroll key" id="item-key" role="region" aria-label="Key to the graphs" tabindex="0">${itemKey()}</div>
${explorer()}<details id="all-thoughts" open><summary>All thoughts at once</summary>
<div id="item-panels">${itemPanels(item, labels)}</div></details>
<details id="all-numbers"><summary>The numbers of these drawings</summary>
<div id="item-numbers">${itemTables(item, labels)}</div></details>
</section>
`;
}
