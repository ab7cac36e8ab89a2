import { escapeText } from './escape.js';
import { coordinate } from './numbers.js';

export interface SvgContent {
  /** Prefix of the ids inside; unique in the page that the figure goes into. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** One line: the figure's name. */
  readonly title: string;
  /** What it shows, for those who cannot see it. */
  readonly description: string;
  /** Markup, already escaped. */
  readonly body: string;
  /** `group` where parts of the figure can have the focus; default `img`. */
  readonly role?: 'img' | 'group';
}

/**
 * A figure as an `<svg>` element that assistive technology reads as one image (or group) with a name and a description.
 *
 * @param className what its style sheet knows it by
 * @param style the style sheet, which then goes inside; undefined leaves it to the page
 */
export function svgElement(content: SvgContent, className: string, style: string | undefined): string {
  const { title, description, body, role = 'img' } = content;
  const [width, height] = [content.width, content.height].map(coordinate);
  const id = escapeText(content.id);
  const sheet = style === undefined ? '' : `<style>${style}</style>\n`;
  return `<svg xmlns="http://www.w3.org/2000/svg" class="${className}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="${role}" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${escapeText(title)}</title>
<desc id="${id}-desc">${escapeText(description)}</desc>
${sheet}${body}
</svg>`;
}
