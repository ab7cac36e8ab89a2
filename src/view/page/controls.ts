import { THRESHOLDS } from '../page-state.js';
import { thoughtCount } from '../shown-item.js';
import { element } from './elements.js';
import type { Store } from './store.js';

/** How many thoughts a key steps. */
const THOUGHT_KEYS: ReadonlyMap<string, number> = new Map([
  ['ArrowRight', 1],
  ['ArrowLeft', -1],
]);

/** Whether keys belong to what has the focus: a field, a slider, a list. */
function takesKeys(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, select, textarea, [contenteditable]');
}

/** The controls above the drawings, and the arrow keys. */
export function watchControls(store: Store): void {
  const slider = element('thought', HTMLInputElement);
  const sliderSaid = element('thought-said', HTMLOutputElement);
  const back = element('step-back', HTMLButtonElement);
  const on = element('step-on', HTMLButtonElement);
  const threshold = element('threshold', HTMLInputElement);
  const thresholdSaid = element('threshold-said', HTMLOutputElement);
  const explorer = element('explorer', HTMLElement);
  const magnify = element('magnify', HTMLInputElement);
  const shapes = [...explorer.querySelectorAll<HTMLInputElement>('input[name="shape"]')];

  store.watch((state) => {
    const last = thoughtCount(store.item(state.item));
    slider.max = String(last);
    slider.value = String(state.thought);
    const said = `${state.thought} of ${last}`;
    sliderSaid.textContent = said;
    slider.setAttribute('aria-valuetext', said);
    // Not `disabled`: a button that loses the focus in the middle of stepping would take the arrow keys with it.
    back.setAttribute('aria-disabled', String(state.thought === 1));
    on.setAttribute('aria-disabled', String(state.thought === last));
    threshold.value = String(THRESHOLDS.findIndex((value) => value === state.threshold));
    const below = state.threshold === 0 ? 'none' : String(state.threshold);
    thresholdSaid.textContent = below;
    threshold.setAttribute('aria-valuetext', below);
    for (const shape of shapes) shape.checked = shape.value === state.shape;
    magnify.checked = state.magnified;
  });

  back.addEventListener('click', () => store.step(store.state.thought - 1));
  on.addEventListener('click', () => store.step(store.state.thought + 1));
  slider.addEventListener('input', () => store.step(Number(slider.value)));
  threshold.addEventListener('input', () => store.set({ threshold: THRESHOLDS[Number(threshold.value)] }));
  for (const shape of shapes) {
    shape.addEventListener('change', () => store.set({ shape: shape.value === 'tree' ? 'tree' : 'graph' }));
  }
  magnify.addEventListener('change', () => store.set({ magnified: magnify.checked }));
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const { target } = event;
    const isHere = target === document.body || (target instanceof Node && explorer.contains(target));
    const by = THOUGHT_KEYS.get(event.key);
    if (by === undefined || !isHere || takesKeys(target)) return;
    event.preventDefault();
    store.step(store.state.thought + by);
  });
}
