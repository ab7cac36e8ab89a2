import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../../src/checkpoint/index.js';
import { LensError } from '../../src/errors.js';
import { safetensors, temporaryFile } from './files.js';

const DATA_BYTES = 64;
const valid = safetensors(
  {
    __metadata__: { format: 'pt' },
    'wte.weight': { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] },
    bias: { dtype: 'BF16', shape: [4], data_offsets: [24, 32] },
    half: { dtype: 'F16', shape: [2, 2, 2], data_offsets: [32, 48] },
    ids: { dtype: 'I64', shape: [1], data_offsets: [48, 56] },
    mask: { dtype: 'BOOL', shape: [4], data_offsets: [56, 60] },
    scalar: { dtype: 'I32', shape: [], data_offsets: [60, 64] },
    none: { dtype: 'U8', shape: [0, 5], data_offsets: [64, 64] },
  },
  new Array<number>(DATA_BYTES).fill(0),
);
const headEnd = valid.length - DATA_BYTES;

/** How these bytes are received: read or refused. Anything but a one-line LensError propagates and fails the test. */
async function receive(path: string, bytes: Uint8Array): Promise<'read' | 'refused'> {
  writeFileSync(path, bytes);
  try {
    await readSafetensors(path);
    return 'read';
  } catch (error) {
    if (!(error instanceof LensError)) throw error;
    expect(error.message).toMatch(/^[^\n]+$/);
    return 'refused';
  }
}

describe('a damaged safetensors file is read or refused with a LensError, never anything else', () => {
  const path = (): string => temporaryFile('');

  it('flipped bits, header and data', async () => {
    const file = path();
    const flips = fc.array(fc.tuple(fc.nat({ max: valid.length - 1 }), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(flips, async (changes) => {
        const bytes = Buffer.from(valid);
        for (const [at, mask] of changes) bytes[at] ^= mask;
        await receive(file, bytes);
      }),
      { numRuns: 600 },
    );
  });

  it('every truncation is refused', async () => {
    const file = path();
    expect(await receive(file, valid)).toBe('read');
    for (let length = 0; length < valid.length; length++) {
      expect(await receive(file, valid.subarray(0, length)), `${length} bytes`).toBe('refused');
    }
  });

  it('every replaced digit of the header is refused or is still consistent', async () => {
    const file = path();
    for (let at = 8; at < headEnd; at++) {
      if (!/\d/.test(String.fromCharCode(valid[at]))) continue;
      const bytes = Buffer.from(valid);
      bytes[at] = valid[at] === 0x39 ? 0x30 : valid[at] + 1;
      await receive(file, bytes);
    }
  });

  it('headers that are arbitrary JSON', async () => {
    const file = path();
    const entry = fc.record(
      {
        dtype: fc.oneof(fc.constantFrom('F32', 'F16', 'I64', 'BOOL', 'F64'), fc.jsonValue()),
        shape: fc.oneof(fc.array(fc.oneof(fc.nat({ max: 3 }), fc.double(), fc.maxSafeNat())), fc.jsonValue()),
        data_offsets: fc.oneof(fc.tuple(fc.nat({ max: 8 }), fc.nat({ max: 16 })), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    const header = fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.oneof(entry, fc.jsonValue())));
    await fc.assert(
      fc.asyncProperty(header, fc.uint8Array({ maxLength: 16 }), async (value, data) => {
        await receive(file, safetensors(value, data));
      }),
      { numRuns: 400 },
    );
  });
});
