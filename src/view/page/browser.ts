import { listRow, shortQuestion } from '../explorer-parts.js';
import {
  chooseItems,
  listItem,
  type ListChoice,
  type ListColumn,
  type ListedItem,
  type Outcome,
} from '../item-list.js';
import { markup } from '../markup.js';
import { closest, dataNumber, element, fill } from './elements.js';
import type { Store } from './store.js';

const OUTCOMES: readonly string[] = ['target', 'decoy', 'equal'] satisfies Outcome[];

function isOutcome(value: string): value is Outcome {
  return OUTCOMES.includes(value);
}

/** The list of items: made when it is first opened, since its numbers need every item. */
export function watchBrowser(store: Store): void {
  const details = element('browser', HTMLDetailsElement);
  const search = element('search', HTMLInputElement);
  const outcome = element('outcome', HTMLSelectElement);
  const list = element('list', HTMLElement);
  const found = element('found', HTMLOutputElement);
  const headings = [...details.querySelectorAll<HTMLButtonElement>('[data-sort]')];
  let items: readonly ListedItem[] | undefined;
  let order: Pick<ListChoice, 'sort' | 'descending'> = { sort: 'index', descending: false };

  const draw = (): void => {
    if (!details.open) return;
    items ??= store.data.items.map((_, index) => listItem(store.item(index), index));
    const chosen = chooseItems(items, {
      search: search.value,
      outcome: isOutcome(outcome.value) ? outcome.value : 'all',
      ...order,
    });
    const focused = list.contains(document.activeElement);
    const rows = chosen.map((listed) =>
      listRow(listed, shortQuestion(store.item(listed.index).item), listed.index === store.state.item),
    );
    fill(list, markup`${rows}`);
    found.textContent = `${chosen.length} of ${items.length} items`;
    if (focused) list.querySelector<HTMLElement>('[aria-current]')?.focus({ preventScroll: true });
  };

  store.watch((state, before) => {
    if (before?.item !== state.item) draw();
  });
  details.addEventListener('toggle', draw);
  search.addEventListener('input', draw);
  outcome.addEventListener('change', draw);
  list.addEventListener('click', (event) => {
    const button = closest(event, '[data-item]');
    if (button !== undefined) store.choose(dataNumber(button, 'item'));
  });
  for (const heading of headings) {
    heading.addEventListener('click', () => {
      const sort = heading.dataset['sort'] as ListColumn;
      order = { sort, descending: order.sort === sort && !order.descending };
      for (const other of headings) {
        const cell = other.closest('th');
        if (other === heading) cell?.setAttribute('aria-sort', order.descending ? 'descending' : 'ascending');
        else cell?.removeAttribute('aria-sort');
      }
      draw();
    });
  }
}
