import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSafetensors, SafetensorsFile, writeSafetensors, type FloatTensor } from '../../src/checkpoint/index.js';
import { LensError } from '../../src/errors.js';
import { float32Bytes, temporaryFile, temporaryFolder } from './files.js';

const tensor = (shape: number[], ...values: number[]): FloatTensor => ({ shape, data: Float32Array.from(values) });

describe('the bytes', () => {
  it('are the ones the format prescribes', async () => {
    const path = temporaryFile('');
    const tensors = new Map([
      ['b', tensor([], 3)],
      ['a', tensor([1, 2], 1, 2)],
    ]);
    const sha256 = await writeSafetensors(path, tensors, new Map([['format', 'pt']]));
    const header =
      '{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},' +
      '"b":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}';
    // 140 characters, padded to 144 = 0x90.
    expect(header.length).toBe(140);
    const expected = Buffer.concat([
      Buffer.from([0x90, 0, 0, 0, 0, 0, 0, 0]),
      Buffer.from(`${header}    `),
      float32Bytes([1, 2, 3]),
    ]);
    expect(readFileSync(path)).toEqual(expected);
    expect(sha256).toBe(createHash('sha256').update(expected).digest('hex'));
  });

  it('are two for a half', async () => {
    const path = temporaryFile('');
    await writeSafetensors(path, new Map([['a', tensor([2], 1, 1 / 3)]]), new Map(), 'F16');
    const bytes = readFileSync(path);
    expect(bytes.toString('utf8', 8)).toMatch(/^{"a":{"dtype":"F16","shape":\[2\],"data_offsets":\[0,4\]}} */);
    expect(bytes.subarray(-4)).toEqual(Buffer.from([0x00, 0x3c, 0x55, 0x35]));
    expect((await readSafetensors(path)).tensors.get('a')?.data).toEqual(Float32Array.of(1, 0.333251953125));
  });

  it('do not depend on the order of the maps', async () => {
    const entries: [string, FloatTensor][] = [
      ['b', tensor([1], 1)],
      ['10', tensor([1], 2)],
      ['9', tensor([1], 3)],
      ['\u{1f600}', tensor([1], 4)],
      ['\uff5e', tensor([1], 5)],
    ];
    const metadata: [string, string][] = [
      ['seed', '1'],
      ['2', 'x'],
    ];
    const [one, other] = [temporaryFile(''), temporaryFile('')];
    await writeSafetensors(one, new Map(entries), new Map(metadata));
    await writeSafetensors(other, new Map(entries.toReversed()), new Map(metadata.toReversed()));
    expect(readFileSync(one)).toEqual(readFileSync(other));
    // By UTF-8 bytes: U+FF5E (EF BD 9E) before U+1F600 (F0 9F 98 80), which UTF-16 units would turn round.
    expect([...(await readSafetensors(one)).tensors.keys()]).toEqual(['10', '9', 'b', '\uff5e', '\u{1f600}']);
  });

  it('write only the part of a buffer that a tensor views', async () => {
    const path = temporaryFile('');
    const data = Float32Array.of(9, 1, 2, 9).subarray(1, 3);
    await writeSafetensors(path, new Map([['a', { shape: [2], data }]]));
    expect((await readSafetensors(path)).tensors.get('a')?.data).toEqual(Float32Array.of(1, 2));
  });
});

describe('round trip', () => {
  const name = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'constructor', '0', 'wte.weight'));
  const anyTensor = fc.array(fc.nat({ max: 3 }), { maxLength: 4 }).chain((shape) => {
    const length = shape.reduce((product, n) => product * n, 1);
    return fc.float32Array({ minLength: length, maxLength: length }).map((data) => ({ shape, data }));
  });
  const text = fc.oneof({ weight: 9, arbitrary: fc.string({ unit: 'binary' }) }, fc.constant('__proto__'));

  it('gives back any map of tensors, bit for bit, and any metadata', async () => {
    const path = temporaryFile('');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(name, anyTensor), { maxLength: 6 }),
        fc.array(fc.tuple(text, text), { maxLength: 3 }),
        async (entries, metadataEntries) => {
          const tensors = new Map(entries.filter(([key]) => key !== '__metadata__'));
          const metadata = new Map(metadataEntries);
          const written = await writeSafetensors(path, tensors, metadata);
          const file = await SafetensorsFile.open(path);
          try {
            const { tensors: read, sha256 } = await file.readAll();
            expect(new Set(read.keys())).toEqual(new Set(tensors.keys()));
            for (const [key, { shape, data }] of tensors) {
              const bits = (array: ArrayBufferView): Buffer =>
                Buffer.from(array.buffer, array.byteOffset, array.byteLength);
              expect(read.get(key)?.shape).toEqual(shape);
              expect(bits(read.get(key)?.data ?? new Uint8Array())).toEqual(bits(data));
            }
            expect(file.header.metadata).toEqual(metadata);
            expect(sha256).toBe(written);
          } finally {
            await file.close();
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('what is refused leaves nothing behind', () => {
  it.each([
    ['a name the format reserves', '__metadata__', tensor([0]), /cannot be named "__metadata__"/],
    ['a name without UTF-8 form', 'a\ud800', tensor([0]), /cannot be named "a\\ud800"/],
    ['fewer values than the shape says', 'a', tensor([2, 2], 1), /"a" has 1 elements, .* \(\[2, 2\]\)/],
    ['a fractional shape', 'a', tensor([0.5, 2], 1), /"a" has 1 elements, .* \(\[0\.5, 2\]\)/],
    ['a negative shape', 'a', tensor([-1, -1], 1), /"a" has 1 elements/],
  ])('%s', async (_, name, bad, message) => {
    const folder = temporaryFolder();
    const path = join(folder, 'weights.safetensors');
    const writing = writeSafetensors(
      path,
      new Map([
        ['good', tensor([1], 1)],
        [name, bad],
      ]),
    );
    await expect(writing).rejects.toThrow(LensError);
    await expect(writing).rejects.toThrow(message);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('a target that cannot be replaced, and a folder that cannot be made', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'weights.safetensors');
    mkdirSync(path);
    const tensors = new Map([['a', tensor([1], 1)]]);
    await expect(writeSafetensors(path, tensors)).rejects.toThrow(/weights\.safetensors: is a folder; name a file$/);
    expect(readdirSync(folder)).toEqual(['weights.safetensors']);

    writeFileSync(join(folder, 'file'), '');
    await expect(writeSafetensors(join(folder, 'file', 'x'), tensors)).rejects.toThrow(/: cannot be written \(ENOTDIR/);
  });

  it('the file that stood under the name, until the new one is complete', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'weights.safetensors');
    writeFileSync(path, 'old');
    await expect(writeSafetensors(path, new Map([['a', tensor([2], 1)]]))).rejects.toThrow(LensError);
    expect(readFileSync(path, 'utf8')).toBe('old');
    await writeSafetensors(path, new Map([['a', tensor([1], 1)]]));
    expect(readdirSync(folder)).toEqual(['weights.safetensors']);
    expect((await readSafetensors(path)).tensors.size).toBe(1);
  });
});
