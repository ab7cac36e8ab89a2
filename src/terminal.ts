/**
 * What a terminal obeys or draws out of place: control characters but the newline, line separators, and marks that turn the
 * direction of writing or cannot be seen.
 */
const CONTROLS = /[^\P{Cc}\n]|[\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const LINE_ENDS = /\s*\n\s*/g;
const QUOTED = /"(?:[^"\\]|\\.)*"/gs;

/** Characters of a value in a message or a table. */
const LONGEST_VALUE = 80;
/** Characters of a word, such as a path, and of a line. */
const LONGEST_WORD = 400;
const LONGEST_LINE = 2000;

/**
 * Text that came from outside, as it may go to a terminal: control characters are escaped as JSON does it (`\u001b`), so
 * that the escaped text of a JSON document is the same document.
 */
export function escapeControls(text: string): string {
  return text.replace(CONTROLS, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** At most so many characters, the last an ellipsis where there were more. */
export function shorten(text: string, most = LONGEST_VALUE): string {
  if (text.length <= most) return text;
  // A character has one or two code units.
  const characters = Array.from(text.slice(0, 2 * most + 2));
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

/** A message on one line: what is quoted, words and the whole are cut where they are very long. */
export function messageLine(text: string): string {
  const line = text.replace(LINE_ENDS, ' ');
  const cut = line.replace(QUOTED, (quoted) =>
    quoted.length <= LONGEST_VALUE + 2 ? quoted : `"${shorten(quoted.slice(1, -1))}"`,
  );
  return terminalText(cut);
}

/** Lines for a terminal: nothing in them is obeyed by it, and none is very long. */
export function terminalText(text: string): string {
  const lines = text.split('\n').map((line) => {
    if (line.length <= LONGEST_WORD) return line;
    return shorten(line.replace(/\S+/g, (word) => shorten(word, LONGEST_WORD)), LONGEST_LINE); // prettier-ignore
  });
  return escapeControls(lines.join('\n'));
}

/** A cell of a table: one line of at most 80 characters; a sentence may have more. */
export function tableCell(text: string, isSentence: boolean): string {
  return escapeControls(shorten(text.replace(LINE_ENDS, ' '), isSentence ? LONGEST_WORD : LONGEST_VALUE));
}

const NO_COLUMN = /[\p{M}\p{Cf}]/u;
const TWO_COLUMNS =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns of a terminal that a text takes: marks take none, East Asian letters and emoji two. */
export function terminalWidth(text: string): number {
  return Array.from(text).reduce(
    (width, character) => width + (NO_COLUMN.test(character) ? 0 : TWO_COLUMNS.test(character) ? 2 : 1),
    0,
  );
}
