const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Embeddings, overrides and isolates of a direction that change how what follows them reads. */
const DIRECTIONS = /[\u202a-\u202e\u2066\u2067]/g;

/**
 * Text that may stand in HTML or SVG content and inside a quoted attribute. Control characters and those that turn the
 * direction of what follows become U+FFFD.
 */
export function escapeText(text: string): string {
  return text
    .replace(/\p{Cc}/gu, (c) => (c === '\n' || c === '\t' ? c : '\ufffd'))
    .replace(DIRECTIONS, '\ufffd')
    .replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c);
}

/** A `data:` address of a text file, free of every character that ends a quoted attribute. */
export function dataUri(mime: string, text: string): string {
  return `data:${mime};charset=utf-8,${encodeURIComponent(text).replaceAll("'", '%27')}`;
}
