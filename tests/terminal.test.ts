import { describe, expect, it } from 'vitest';
import { alignColumns } from '../src/align-columns.js';
import { LensError } from '../src/errors.js';
import { escapeControls, messageLine, terminalText, terminalWidth } from '../src/terminal.js';

const HOSTILE = '\u001b[31mred\u001b]0;title\u0007\r\u009b2J\u202Eevil\u2066\u2028x';
const SHOWN = '\\u001b[31mred\\u001b]0;title\\u0007\\u000d\\u009b2J\\u202eevil\\u2066\\u2028x';

describe('what goes to a terminal', () => {
  it('is escaped as JSON does it, but for newlines, letters and joined emoji', () => {
    expect(escapeControls(`a\n${HOSTILE}`)).toBe(`a\n${SHOWN}`);
    const harmless = 'Ünïcode עברית 日本 👩‍🔬 é';
    expect(escapeControls(harmless)).toBe(harmless);
  });

  it('stays the same JSON document', () => {
    const json = escapeControls(JSON.stringify({ [HOSTILE]: HOSTILE }));
    expect(json).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    expect(JSON.parse(json)).toEqual({ [HOSTILE]: HOSTILE });
  });

  it('has lines of bounded length, and words too', () => {
    expect(terminalText('x'.repeat(200_000))).toBe(`${'x'.repeat(399)}…`);
    const [first, second] = terminalText(`${'ab '.repeat(100_000)}\nb`).split('\n');
    expect([first.length, second]).toEqual([2000, 'b']);
  });
});

describe('a message', () => {
  it('is one line in which long quoted values are cut, wherever it is thrown', () => {
    const { message } = new LensError('items.json item 0', `answer is "${'long '.repeat(40_000)}"`, `not\n${HOSTILE}`);
    expect(message).toBe(`items.json item 0: answer is "${'long '.repeat(15)}long…"; not ${SHOWN}`);
    expect(messageLine('is "as it was"')).toBe('is "as it was"');
  });

  it('leaves a path whole', () => {
    const path = `/data/${'folder/'.repeat(30)}x.json`;
    expect(messageLine(`${path}: no such file`)).toBe(`${path}: no such file`);
  });
});

describe('a table', () => {
  it('has no line that a cell could break, obey or push far out', () => {
    const text = alignColumns([['name', 'n', 'words'], [`a\nb\u001b[2J`, '1', 'w'], ['y'.repeat(200_000), '22', 'z'.repeat(500)]], 1); // prettier-ignore
    const [heading, first, second] = text.split('\n');
    expect(first).toBe(`a b\\u001b[2J${' '.repeat(68)}   1${' '.repeat(400)} w`);
    expect(second).toBe(`${'y'.repeat(79)}…  22  ${'z'.repeat(399)}…`);
    expect(heading.length).toBe(second.length);
  });

  it('counts the columns that a terminal shows', () => {
    expect(['日本', '👩', 'e\u0301', 'a\u200db', 'שלום'].map(terminalWidth)).toEqual([4, 2, 1, 2, 4]);
    expect(
      alignColumns(
        [
          ['名', '1'],
          ['abc', '2'],
        ],
        1,
      ),
    ).toBe('名   1\nabc  2');
  });
});
