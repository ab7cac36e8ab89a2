import { sides, spoken } from '../explorer-parts.js';
import { pinTable } from '../pin-table.js';
import { closest, dataNumber, element, fill } from './elements.js';
import type { Store } from './store.js';
import { watchTips } from './tip.js';

/** How far a key goes in the order of a drawing's nodes. */
const NODE_KEYS: ReadonlyMap<string, number> = new Map([
  ['ArrowDown', 1],
  ['ArrowUp', -1],
]);

/** A node's place on the page: survives redrawing. */
interface Place {
  readonly recording: string | null;
  readonly place: string | null;
}

function placeOf(node: Element | null): Place | undefined {
  if (node === null || !node.hasAttribute('data-place')) return undefined;
  const recording = node.closest('[data-recording]')?.getAttribute('data-recording') ?? null;
  return { recording, place: node.getAttribute('data-place') };
}

/** Draws the chosen item at the chosen thought, and lets pointer and keys reach its nodes. */
export function watchDrawings(store: Store): void {
  const drawings = element('sides', HTMLElement);
  const pins = element('pins', HTMLElement);
  const live = element('spoken', HTMLElement);

  // First of all: a change puts the tip away, and drawing anew brings it back where a node has the focus.
  watchTips(store, drawings);

  const nodesOf = (figure: Element): SVGElement[] => [...figure.querySelectorAll<SVGElement>('[data-place]')];

  /** One node of every drawing is a tab stop: the one that had the focus last. */
  const makeTabStop = (node: SVGElement): void => {
    const figure = node.closest('[data-recording]');
    if (figure === null) return;
    for (const other of nodesOf(figure)) other.setAttribute('tabindex', other === node ? '0' : '-1');
  };

  store.watch((state, before) => {
    const shown = store.item(state.item);
    const labels = store.data.recordings;
    const stops = [...drawings.querySelectorAll('[tabindex="0"][data-place]')].map(placeOf);
    const focused = drawings.contains(document.activeElement) ? placeOf(document.activeElement) : undefined;
    const unpinning = pins.contains(document.activeElement);
    fill(drawings, sides(shown, labels, state));
    fill(pins, pinTable(shown, labels, state));

    const isSameDrawing = before?.item === state.item && before.shape === state.shape;
    for (const figure of drawings.querySelectorAll('[data-recording]')) {
      const nodes = nodesOf(figure);
      const recording = figure.getAttribute('data-recording');
      const stop = isSameDrawing ? stops.find((place) => place?.recording === recording) : undefined;
      const root = nodes.find((node) => dataNumber(node, 'node') === shown.item.root) ?? nodes[0];
      makeTabStop(nodes.find((node) => node.getAttribute('data-place') === stop?.place) ?? root);
      if (isSameDrawing && focused?.recording === recording) {
        nodes.find((node) => node.getAttribute('data-place') === focused.place)?.focus({ preventScroll: true });
      }
    }
    if (unpinning) (pins.querySelector('button') ?? element('thought', HTMLElement)).focus({ preventScroll: true });
    if (before !== undefined && (before.thought !== state.thought || before.item !== state.item)) {
      live.textContent = spoken(shown, labels, state.thought);
    }
  });

  drawings.addEventListener('click', (event) => {
    const node = closest(event, '[data-node]');
    if (node !== undefined) store.togglePin(dataNumber(node, 'node'));
  });
  pins.addEventListener('click', (event) => {
    const button = closest(event, '[data-unpin]');
    if (button !== undefined) store.togglePin(dataNumber(button, 'unpin'));
  });
  drawings.addEventListener('keydown', (event) => {
    const node = closest(event, '[data-node]');
    if (node === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      store.togglePin(dataNumber(node, 'node'));
      return;
    }
    const by = NODE_KEYS.get(event.key);
    const figure = node.closest('[data-recording]');
    if (by === undefined || figure === null) return;
    event.preventDefault();
    // From left to right, column by column: the order of the search.
    const order = nodesOf(figure)
      .map((other) => ({ other, at: other.getBoundingClientRect() }))
      .sort((a, b) => a.at.left - b.at.left || a.at.top - b.at.top);
    const at = order.findIndex(({ other }) => other === node) + by;
    if (at < 0 || at >= order.length) return;
    const next = order[at].other;
    makeTabStop(next);
    next.focus();
  });
}
