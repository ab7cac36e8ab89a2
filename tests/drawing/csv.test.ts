import { describe, expect, it } from 'vitest';
import { figureCsv, formatCsv } from '../../src/drawing/index.js';

/** Texts, numbers or nothing as the fields of one column. */
const fields = (values: readonly (string | number | null)[]): string[] =>
  formatCsv(
    ['value'],
    values.map((value) => ({ value })),
  )
    .split('\r\n')
    .slice(1, -1);

describe('formatCsv', () => {
  it('quotes commas, quotes and line ends, and ends every line as RFC 4180 does', () => {
    const rows = [
      { name: 'a,"b"', value: 1 / 3 },
      { name: 'c\nd', value: null },
    ];
    expect(formatCsv(['name', 'value'], rows)).toBe('name,value\r\n"a,""b""",0.3333333333333333\r\n"c\nd",\r\n');
    expect(formatCsv(['value', 'name'], [])).toBe('value,name\r\n');
  });

  it('keeps a spreadsheet from taking text for a formula, and numbers as they are', () => {
    expect(fields(['=1+1', '+a', '-a', '@a', '\ta', '\ra', '=a,b'])).toEqual([
      "'=1+1",
      "'+a",
      "'-a",
      "'@a",
      "'\ta",
      `"'\ra"`,
      `"'=a,b"`,
    ]);
    expect(fields([-1.5, 'a=b', null, 2e-7])).toEqual(['-1.5', 'a=b', '', '2e-7']);
  });
});

describe('figureCsv', () => {
  it('has the columns of the first row, and no lines without rows', () => {
    expect(
      figureCsv([
        { '=series': 'a', 'x, y': -1 },
        { '=series': '-', 'x, y': null },
      ]),
    ).toBe(`'=series,"x, y"\r\na,-1\r\n'-,\r\n`);
    expect(figureCsv([])).toBe('');
  });
});
