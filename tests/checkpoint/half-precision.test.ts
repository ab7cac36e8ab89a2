import { describe, expect, it } from 'vitest';
import { narrowF16, widenBF16, widenF16 } from '../../src/checkpoint/half-precision.js';

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

describe('narrowF16', () => {
  it('gives every half back, also the infinities, and a NaN for one', () => {
    const bits = Uint16Array.from({ length: 0x10000 }, (_, i) => i);
    const wide = new Float32Array(bits.length);
    widenF16(bits, wide);
    const back = narrowF16(wide);
    const differs = [...bits.keys()].filter((i) => back[i] !== bits[i]);
    expect(differs.every((i) => Number.isNaN(wide[i]) && Number.isNaN(halfValue(back[i])))).toBe(true);
  });

  it('rounds to the nearest, ties to even, by definition', () => {
    const finite = Array.from({ length: 0x7c00 }, (_, i) => i);
    // The middle of every two neighbours, and a float32 to each side of it.
    const middles = Float32Array.from(finite, (i) => (halfValue(i) + (i === 0x7bff ? 65536 : halfValue(i + 1))) / 2);
    const ulp = (x: number, by: number): number => {
      const cell = Float32Array.of(x);
      new Int32Array(cell.buffer)[0] += by;
      return cell[0];
    };
    expect([...narrowF16(middles)]).toEqual(finite.map((i) => i + (i % 2)));
    expect([...narrowF16(middles.map((x) => ulp(x, -1)))]).toEqual(finite);
    expect([...narrowF16(middles.map((x) => -ulp(x, 1)))]).toEqual(finite.map((i) => 0x8000 | (i + 1)));
    expect([...narrowF16(Float32Array.of(1e38, -Infinity, 1e-30, -0))]).toEqual([0x7c00, 0xfc00, 0, 0x8000]);
  });

  it('reads only the view it is given', () => {
    expect([...narrowF16(Float32Array.of(1, 2, 4).subarray(1, 2))]).toEqual([0x4000]);
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
