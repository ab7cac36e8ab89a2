const F16_SUBNORMAL_UNIT = 2 ** -24;

/**
 * Widens IEEE 754 binary16 to float32, exactly: every half, subnormals, infinities and NaN payloads included, has a
 * float32 of the same value.
 *
 * @param bits n halves as stored
 * @param out [n]
 */
export function widenF16(bits: Uint16Array, out: Float32Array): void {
  const outBits = new Uint32Array(out.buffer, out.byteOffset, out.length);
  for (let i = 0; i < bits.length; i++) {
    const half = bits[i];
    const sign = (half & 0x8000) << 16;
    const exponent = (half >>> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) out[i] = (sign < 0 ? -1 : 1) * fraction * F16_SUBNORMAL_UNIT;
    // Rebias from 15 to 127; all ones (infinity, NaN) stay all ones.
    else outBits[i] = sign | ((exponent === 0x1f ? 0xff : exponent + 112) << 23) | (fraction << 13);
  }
}

/**
 * Widens bfloat16, the upper half of a float32, exactly.
 *
 * @param bits n values as stored
 * @param out [n]
 */
export function widenBF16(bits: Uint16Array, out: Float32Array): void {
  const outBits = new Uint32Array(out.buffer, out.byteOffset, out.length);
  for (let i = 0; i < bits.length; i++) outBits[i] = bits[i] << 16;
}

/**
 * Rounds float32 to the nearest IEEE 754 binary16, ties to even, as NumPy and PyTorch do; what is beyond its range becomes
 * infinite.
 *
 * @param values [n]
 * @returns [n] halves
 */
export function narrowF16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(bits, (bit, i) => {
    const sign = (bit >>> 16) & 0x8000;
    const magnitude = bit & 0x7fffffff;
    if (magnitude > 0x7f800000) return sign | 0x7e00;
    // Below the smallest normal half: a whole number of its subnormal unit.
    if (magnitude < 0x38800000) return sign | roundHalfEven(Math.abs(values[i]) / F16_SUBNORMAL_UNIT);
    // Rebias from 127 to 15; a fraction that is rounded up to 1 carries into the exponent, and that into infinity.
    const rounded = roundHalfEven((magnitude - 0x38000000) / 0x2000);
    return sign | Math.min(rounded, 0x7c00);
  });
}

/** @param x at least 0, exact in float64 */
function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
