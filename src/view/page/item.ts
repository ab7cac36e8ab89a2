import { itemPanels, itemTables, itemText } from '../report-item.js';
import { element, fill } from './elements.js';
import type { Store } from './store.js';

/** Keeps the item's text, and what unfolds below the drawing, those of the chosen item. */
export function watchItem(store: Store): void {
  const text = element('item-text', HTMLElement);
  const folded = [
    {
      details: element('all-thoughts', HTMLDetailsElement),
      inside: element('item-panels', HTMLElement),
      of: itemPanels,
    },
    {
      details: element('all-numbers', HTMLDetailsElement),
      inside: element('item-numbers', HTMLElement),
      of: itemTables,
    },
  ].map((part) => ({ ...part, shows: -1 }));

  /** Drawings that nobody looks at are not made. */
  const unfold = (): void => {
    const { item } = store.state;
    for (const part of folded) {
      if (!part.details.open || part.shows === item) continue;
      fill(part.inside, part.of(store.item(item), store.data.recordings));
      part.shows = item;
    }
  };

  for (const { details } of folded) details.addEventListener('toggle', unfold);
  // The visualiser shows one thought at a time; on paper all of them are wanted.
  element('all-thoughts', HTMLDetailsElement).open = false;
  addEventListener('beforeprint', () => {
    element('all-thoughts', HTMLDetailsElement).open = true;
    unfold();
  });
  store.watch((state, before) => {
    if (before?.item === state.item) return;
    fill(text, itemText(store.item(state.item)));
    unfold();
  });
}
