import { describe, expect, it } from 'vitest';
import { widenBF16, widenF16 } from '../../src/checkpoint/half-precision.js';

/** binary16 by its definition (IEEE 754), in float64. */
function halfValue(bits: number): number {
  const sign = bits >>> 15 === 1 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15));
}

describe('widenF16', () => {
  it('gives the values of the IEEE 754 examples', () => {
    const bits = [
      0x0000, 0x8000, 0x0001, 0x03ff, 0x0400, 0x3555, 0x3bff, 0x3c00, 0x3c01, 0xc000, 0x7bff, 0x7c00, 0xfc00,
    ];
    const out = new Float32Array(bits.length);
    widenF16(Uint16Array.from(bits), out);
    expect([...out]).toEqual([
      0,
      -0,
      2 ** -24,
      1023 * 2 ** -24,
      2 ** -14,
      0.333251953125,
      1 - 2 ** -11,
      1,
      1 + 2 ** -10,
      -2,
      65504,
      Infinity,
      -Infinity,
    ]);
  });

  it('is exact on all 65,536 halves', () => {
    const bits = Uint16Array.from({ length: 0x10000 }, (_, i) => i);
    const out = new Float32Array(bits.length);
    widenF16(bits, out);
    expect(out.findIndex((value, i) => !Object.is(value, halfValue(i)))).toBe(-1);
  });
});

describe('widenBF16', () => {
  it('is the upper half of a float32', () => {
    const bits = [0x0000, 0x8000, 0x3f80, 0xbf80, 0x4049, 0x7f7f, 0x7f80, 0x0001];
    const out = new Float32Array(bits.length);
    widenBF16(Uint16Array.from(bits), out);
    // 0x4049 is pi cut to 8 significant bits; 0x7f7f the largest finite value; 0x0001 the smallest subnormal.
    expect([...out]).toEqual([0, -0, 1, -1, 3.140625, 255 * 2 ** 120, Infinity, 2 ** -133]);
  });

  it('writes only into the view it is given', () => {
    const buffer = new Float32Array(3).fill(7);
    widenBF16(Uint16Array.of(0x3f80), buffer.subarray(1, 2));
    expect([...buffer]).toEqual([7, 1, 7]);
  });
});
