import { decodeItem, type PageData } from '../page-data.js';
import { formatState, parseState, type PageState } from '../page-state.js';
import { thoughtCount, type ShownItem } from '../shown-item.js';

type Listener = (state: PageState, before: PageState | undefined) => void;

/** Writing the address at every step of a slider would exceed what browsers allow. */
const ADDRESS_DELAY = 200;

/** The state of the page, its items, and the address that carries it. */
export class Store {
  readonly data: PageData;
  readonly #items = new Map<number, ShownItem>();
  readonly #listeners: Listener[] = [];
  readonly #usual: PageState;
  #state: PageState;
  #timer = 0;

  /** @param drawn index of the item that the report was made with */
  constructor(data: PageData, drawn: number) {
    this.data = data;
    this.#usual = { item: drawn, thought: 1, shape: 'graph', magnified: false, threshold: 0, pins: [] };
    this.#state = this.#read();
    addEventListener('hashchange', () => this.#change(this.#read()));
  }

  get state(): PageState {
    return this.#state;
  }

  /** An item with its numbers, decoded once. */
  item(index: number): ShownItem {
    const known = this.#items.get(index);
    if (known !== undefined) return known;
    const shown = decodeItem(this.data, index);
    this.#items.set(index, shown);
    return shown;
  }

  /** Calls `listener` now and after every change. */
  watch(listener: Listener): void {
    this.#listeners.push(listener);
    listener(this.#state, undefined);
  }

  /** Steps to a thought, as far as there are any. */
  step(thought: number): void {
    const last = thoughtCount(this.item(this.#state.item));
    this.set({ thought: Math.min(last, Math.max(1, thought)) });
  }

  /** Pins a node, or takes its pin away. */
  togglePin(node: number): void {
    const { pins } = this.#state;
    this.set({ pins: pins.includes(node) ? pins.filter((pin) => pin !== node) : [...pins, node] });
  }

  /** Another item: its nodes are others, so nothing stays pinned. */
  choose(item: number): void {
    if (item === this.#state.item) return;
    this.set({ item, pins: [], thought: Math.min(this.#state.thought, thoughtCount(this.item(item))) });
  }

  set(change: Partial<PageState>): void {
    this.#change({ ...this.#state, ...change });
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      history.replaceState(null, '', `#${formatState(this.#state, this.data)}`);
    }, ADDRESS_DELAY);
  }

  #change(state: PageState): void {
    const before = this.#state;
    this.#state = state;
    for (const listener of this.#listeners) listener(state, before);
  }

  #read(): PageState {
    return parseState(location.hash, this.data, (item) => thoughtCount(this.item(item)), this.#usual);
  }
}
