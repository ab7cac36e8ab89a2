import { svgElement, type SvgContent } from '../svg-element.js';
import { DAG_CSS, themeCss } from './style.js';

/**
 * A drawing of a graph as an `<svg>` element.
 *
 * @param standalone true puts the style inside (a file of its own, a notebook cell); false leaves it to the page
 */
export function dagElement(content: SvgContent, standalone: boolean): string {
  const style = `${themeCss('.cl-dag')}\n${DAG_CSS}\n.cl-dag{background:var(--cl-paper)}`;
  return svgElement(content, 'cl-dag', standalone ? style : undefined);
}
