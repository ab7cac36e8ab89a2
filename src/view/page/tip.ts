import { tip } from '../explorer-parts.js';
import { closest, dataNumber, element, fill } from './elements.js';
import type { Store } from './store.js';

/** The pointer may cross the gap between a node and its tip. */
const HIDE_DELAY = 150;
const GAP = 6;

/** Shows the exact numbers of the node under the pointer or in focus; Escape puts them away. */
export function watchTips(store: Store, drawings: HTMLElement): void {
  const box = element('tip', HTMLElement);
  let of: Element | undefined;
  let timer = 0;

  const hide = (): void => {
    clearTimeout(timer);
    of?.removeAttribute('aria-describedby');
    of = undefined;
    box.hidden = true;
  };
  const hideSoon = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(hide, HIDE_DELAY);
  };
  const show = (node: Element): void => {
    clearTimeout(timer);
    if (node === of) return;
    hide();
    of = node;
    const { item, thought } = store.state;
    fill(box, tip(store.item(item), store.data.recordings, dataNumber(node, 'node'), thought));
    box.hidden = false;
    node.setAttribute('aria-describedby', box.id);
    place(box, node.getBoundingClientRect());
  };

  for (const type of ['pointerover', 'focusin']) {
    drawings.addEventListener(type, (event) => {
      const node = closest(event, '[data-node]');
      if (node !== undefined) show(node);
    });
  }
  for (const type of ['pointerout', 'focusout']) drawings.addEventListener(type, hideSoon);
  box.addEventListener('pointerenter', () => clearTimeout(timer));
  box.addEventListener('pointerleave', hideSoon);
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') hide();
  });
  store.watch(hide);
}

/** Under the node, or over it where there is no room; inside the window either way. */
function place(box: HTMLElement, node: DOMRect): void {
  // Measured where it has the whole window: near the right edge it would be narrower than where it is going.
  box.style.top = box.style.left = '0';
  const { width, height } = box.getBoundingClientRect();
  const below = node.bottom + GAP;
  const top = below + height > innerHeight && node.top - GAP - height > 0 ? node.top - GAP - height : below;
  const left = Math.max(GAP, Math.min(node.left, document.documentElement.clientWidth - width - GAP));
  box.style.top = `${top + scrollY}px`;
  box.style.left = `${left + scrollX}px`;
}
