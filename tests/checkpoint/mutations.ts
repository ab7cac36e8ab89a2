import type { Random } from '../../src/random.js';

const EXTREMES = [0n, 1n, 0x7fn, 0xffffn, 0x7fffffffn, 0xffffffffn, 2n ** 53n, 2n ** 63n - 1n, 2n ** 64n - 1n];

function flipBits(bytes: Buffer, random: Random): Buffer {
  const out = Buffer.from(bytes);
  for (let n = 1 + random.integer(8); n > 0; n--) out[random.integer(out.length)] ^= 1 << random.integer(8);
  return out;
}

function truncate(bytes: Buffer, random: Random): Buffer {
  return bytes.subarray(0, random.integer(bytes.length));
}

/** Overwrites 2, 4 or 8 bytes with a number that lengths and offsets had better not be. */
function rewriteField(bytes: Buffer, random: Random): Buffer {
  const out = Buffer.from(bytes);
  const field = Buffer.alloc(8);
  field.writeBigUInt64LE(EXTREMES[random.integer(EXTREMES.length)]);
  field.copy(out, random.integer(out.length), 0, 2 << random.integer(3));
  return out;
}

/** Puts a piece of the file somewhere else, over what is there or between. */
function splice(bytes: Buffer, random: Random): Buffer {
  const from = random.integer(bytes.length);
  const piece = bytes.subarray(from, from + 1 + random.integer(64));
  const at = random.integer(bytes.length);
  const rest = at + random.integer(2) * piece.length;
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(rest)]);
}

const MUTATIONS = [flipBits, truncate, rewriteField, splice];

/** A file damaged in one of four ways: bits flipped, cut short, a field rewritten, a piece moved. */
export function mutate(bytes: Buffer, random: Random): Buffer {
  return MUTATIONS[random.integer(MUTATIONS.length)](bytes, random);
}
