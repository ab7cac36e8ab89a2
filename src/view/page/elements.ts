import type { Markup } from '../markup.js';

/** The element of this id. The report writes all that its script asks for: a missing one is a defect. */
export function element<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`the report has no ${kind.name} #${id}`);
}

/** Puts markup, which has escaped its data, in the place of what an element holds. */
export function fill(target: Element, content: Markup): void {
  target.innerHTML = content.text;
}

/** The closest element of a selector at or above where an event happened. */
export function closest(event: Event, selector: string): Element | undefined {
  return event.target instanceof Element ? (event.target.closest(selector) ?? undefined) : undefined;
}

/** The whole number in a `data-` attribute. */
export function dataNumber(of: Element, name: string): number {
  return Number(of.getAttribute(`data-${name}`));
}
