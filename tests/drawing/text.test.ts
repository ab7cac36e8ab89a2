import { describe, expect, it } from 'vitest';
import { isCut, shortName, wholeName } from '../../src/drawing/display-name.js';
import { dataUri, escapeText } from '../../src/drawing/escape.js';
import {
  coordinate,
  estimateNumber,
  exactFloat,
  fixed,
  niceCeiling,
  shortProbability,
} from '../../src/drawing/numbers.js';

describe('escapeText', () => {
  it('escapes what ends text, a tag or a quoted attribute', () => {
    expect(escapeText(`</script> "a" & 'b'`)).toBe('&lt;/script&gt; &quot;a&quot; &amp; &#39;b&#39;');
  });

  it('replaces control characters, which neither HTML nor SVG may contain, and keeps line ends', () => {
    expect(escapeText('a\u0000b\u0085c\nd\te')).toBe('a\ufffdb\ufffdc\nd\te');
  });
});

describe('names', () => {
  it('leaves ordinary names alone and cuts long ones by letters, not in the middle of one', () => {
    expect(shortName('grimpus')).toBe('grimpus');
    expect(shortName('x'.repeat(24))).toBe('x'.repeat(24));
    expect(shortName('x'.repeat(25))).toBe(`${'x'.repeat(23)}…`);
    expect(shortName('🥥'.repeat(10_000))).toBe(`${'🥥'.repeat(23)}…`);
    expect([24, 25].map((length) => isCut('🥥'.repeat(length)))).toEqual([false, true]);
  });

  it('isolates what is written from right to left, and lets nothing in it turn what follows', () => {
    expect(wholeName('שלום')).toBe('\u2068שלום\u2069');
    expect(wholeName('a\u202eb\u2069')).toBe('\u2068a\ufffdb\ufffd\u2069');
    expect(escapeText('a\u202eb')).toBe('a\ufffdb');
  });
});

describe('exactFloat', () => {
  it('names a float32 in the fewest digits, and no other', () => {
    expect([0.3, 0, 1 / 3, 2 ** -149, 16777216].map((x) => exactFloat(Math.fround(x)))).toEqual([
      '0.3',
      '0',
      '0.33333334',
      '1e-45',
      '16777216',
    ]);
    for (let i = 1; i < 200; i++) {
      const value = Math.fround(Math.sin(i) ** 8);
      expect(Math.fround(Number(exactFloat(value)))).toBe(value);
    }
  });
});

describe('dataUri', () => {
  it('percent-encodes what would end the address', () => {
    expect(dataUri('text/csv', `a,"b'"\n#1`)).toBe('data:text/csv;charset=utf-8,a%2C%22b%27%22%0A%231');
  });
});

describe('coordinate', () => {
  it('keeps two decimals and never says -0', () => {
    expect([1 / 3, -0.001, 2, 10.005].map(coordinate)).toEqual(['0.33', '0', '2', '10.01']);
  });
});

describe('fixed', () => {
  it('shows a true minus, no negative zero, and an en dash for no number', () => {
    expect([0.12345, -1.5, -0.0001, null, undefined, NaN].map((x) => fixed(x))).toEqual([
      '0.123',
      '\u22121.500',
      '0.000',
      '–',
      '–',
      '–',
    ]);
  });
});

describe('estimateNumber', () => {
  it('shows 0 only for 0', () => {
    const three = [0, 1e-17, 0.0004, -0.0004, 0.0006, -0.5, null].map((x) => estimateNumber(x, 3));
    expect(three).toEqual(['0.000', '<0.001', '<0.001', '>\u22120.001', '0.001', '\u22120.500', '–']);
    expect(estimateNumber(3e-6, 4)).toBe('<0.0001');
  });

  it('gives small magnitudes two significant digits', () => {
    const two = [-0.0022, 0.002, 0.00034, -3.21e-5, -1e-17, 0.00996, 12.345].map((x) => estimateNumber(x, 2));
    expect(two).toEqual(['\u22120.0022', '0.0020', '0.00034', '\u22123.2e\u22125', '0.00', '0.01', '12.35']);
  });
});

describe('shortProbability', () => {
  it('has two digits and no leading zero', () => {
    expect([0.1234, 0.006, 0.999, 1, 0.001].map(shortProbability)).toEqual(['.12', '.01', '1', '1', '<.005']);
  });
});

describe('niceCeiling', () => {
  it('is the next round number', () => {
    expect([0.3, 0.33, 0.051, 0.1, 1, 0.009, 0.85].map(niceCeiling)).toEqual([0.3, 0.4, 0.06, 0.1, 1, 0.01, 1]);
  });

  it('is 1 where there is nothing to scale', () => {
    expect([0, NaN, -1].map(niceCeiling)).toEqual([1, 1, 1]);
  });
});
