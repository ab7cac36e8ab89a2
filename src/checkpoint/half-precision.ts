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
