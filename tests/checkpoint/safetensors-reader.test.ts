import { createHash } from 'node:crypto';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readSafetensors, SafetensorsFile } from '../../src/checkpoint/index.js';
import { LensError } from '../../src/errors.js';
import { float32Bytes, safetensors, temporaryFile, temporaryFolder } from './files.js';

async function open(bytes: Uint8Array): Promise<SafetensorsFile> {
  const file = await SafetensorsFile.open(temporaryFile(bytes));
  onTestFinished(() => file.close());
  return file;
}

/** The one-line message with which reading these bytes is refused, the path cut off. */
async function refusal(bytes: Uint8Array): Promise<string> {
  const path = temporaryFile(bytes);
  const error: unknown = await readSafetensors(path).catch((reason: unknown) => reason);
  if (!(error instanceof LensError)) throw new Error('was not refused with a LensError', { cause: error });
  expect(error.message.startsWith(`${path}: `)).toBe(true);
  expect(error.message).not.toContain('\n');
  return error.message.slice(path.length + 2);
}

/** For comparing large arrays, which `toEqual` does element by element, slowly. */
function bytesOf(data: ArrayBufferView = new Uint8Array()): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

const f32 = (shape: number[], begin: number, end: number): unknown => ({
  dtype: 'F32',
  shape,
  data_offsets: [begin, end],
});

describe('reading', () => {
  it('reads float32 values, shapes, metadata and the hash', async () => {
    const bytes = safetensors(
      { __metadata__: { format: 'pt' }, b: f32([2], 16, 24), a: f32([2, 2], 0, 16) },
      float32Bytes([1, -2, 0.5, 3e38, 5, 6]),
    );
    const file = await open(bytes);
    expect(file.header.metadata).toEqual(new Map([['format', 'pt']]));
    const { tensors, sha256 } = await file.readAll();
    expect(tensors).toEqual(
      new Map([
        ['a', { dtype: 'F32', shape: [2, 2], data: Float32Array.of(1, -2, 0.5, 3e38) }],
        ['b', { dtype: 'F32', shape: [2], data: Float32Array.of(5, 6) }],
      ]),
    );
    expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('reads every dtype', async () => {
    const header = {
      i64: { dtype: 'I64', shape: [1], data_offsets: [0, 8] },
      i32: { dtype: 'I32', shape: [1], data_offsets: [8, 12] },
      f16: { dtype: 'F16', shape: [2], data_offsets: [12, 16] },
      bf16: { dtype: 'BF16', shape: [2], data_offsets: [16, 20] },
      u8: { dtype: 'U8', shape: [2], data_offsets: [20, 22] },
      bool: { dtype: 'BOOL', shape: [2], data_offsets: [22, 24] },
    };
    const data = [
      ...[0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
      ...[0x01, 0x02, 0x00, 0x80],
      ...[0x00, 0x3c, 0x01, 0x00],
      ...[0x80, 0xbf, 0x49, 0x40],
      ...[0, 255],
      ...[1, 0],
    ];
    const { tensors } = await readSafetensors(temporaryFile(safetensors(header, data)));
    expect(tensors.get('i64')?.data).toEqual(BigInt64Array.of(-2n));
    expect(tensors.get('i32')?.data).toEqual(Int32Array.of(0x201 - 2 ** 31));
    expect(tensors.get('f16')?.data).toEqual(Float32Array.of(1, 2 ** -24));
    expect(tensors.get('bf16')?.data).toEqual(Float32Array.of(-1, 3.140625));
    expect(tensors.get('u8')?.data).toEqual(Uint8Array.of(0, 255));
    expect(tensors.get('bool')?.data).toEqual(Uint8Array.of(1, 0));
  });

  it('reads scalars, empty tensors wherever they lie, and a file without tensors', async () => {
    const header = { z: f32([0, 3], 4, 4), s: f32([], 0, 4), y: f32([2 ** 40, 2 ** 40, 0], 4, 4), x: f32([0], 0, 0) };
    const { tensors } = await readSafetensors(temporaryFile(safetensors(header, float32Bytes([7]))));
    expect(tensors.get('s')).toEqual({ dtype: 'F32', shape: [], data: Float32Array.of(7) });
    expect(tensors.get('z')).toEqual({ dtype: 'F32', shape: [0, 3], data: new Float32Array(0) });
    expect([...tensors.keys()]).toEqual(['x', 's', 'z', 'y']);

    expect((await readSafetensors(temporaryFile(safetensors({})))).tensors.size).toBe(0);
  });

  it('accepts a header padded with spaces and names of every kind', async () => {
    const names = ['', '7', '__proto__', 'toString', 'a "b" {c}: \\', 'é\u{1f600}'];
    const entries = names.map((name) => `${JSON.stringify(name)} : ${JSON.stringify(f32([0], 0, 0))}`);
    const { tensors } = await readSafetensors(temporaryFile(safetensors(`{${entries.join(' , ')}}     `)));
    expect(new Set(tensors.keys())).toEqual(new Set(names));
  });

  it('reads tensors larger than one piece, and passes over unwanted ones, with the same hash', async () => {
    // 300,001 elements: more than the 1 MiB piece in float32 and, at 600,001, in halves; neither a multiple of it.
    const floats = Float32Array.from({ length: 300_001 }, (_, i) => Math.sin(i));
    const halves = Uint16Array.from({ length: 600_001 }, (_, i) => i % 0x7c00);
    const [f, h] = [floats, halves].map(({ buffer }) => Buffer.from(buffer));
    const header = {
      f: f32([floats.length], 0, f.length),
      h: { dtype: 'BF16', shape: [halves.length], data_offsets: [f.length, f.length + h.length] },
    };
    const bytes = safetensors(header, Buffer.concat([f, h]));
    const file = await open(bytes);
    const all = await file.readAll();
    expect(bytesOf(all.tensors.get('f')?.data).equals(f)).toBe(true);
    const expected = bytesOf(Uint32Array.from(halves, (bits) => bits << 16));
    expect(bytesOf(all.tensors.get('h')?.data).equals(expected)).toBe(true);

    for (const only of ['f', 'h']) {
      const some = await file.readAll((name) => name === only);
      expect([...some.tensors.keys()]).toEqual([only]);
      expect(some.sha256).toBe(all.sha256);
    }
    expect(all.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(bytesOf((await file.read('h')).data).equals(expected)).toBe(true);
  });

  it('reads tensors in any order and side by side', async () => {
    const file = await open(
      safetensors({ a: f32([1], 0, 4), b: f32([1], 4, 8), c: f32([1], 8, 12) }, float32Bytes([1, 2, 3])),
    );
    const read = await Promise.all(['c', 'a', 'b', 'a'].map((name) => file.read(name)));
    expect(read.map(({ data }) => data[0])).toEqual([3, 1, 2, 1]);
    await expect((async () => file.read('d'))()).rejects.toThrow(/holds no tensor "d"/);
  });
});

describe('what is refused', () => {
  const one = float32Bytes([1]);
  const cases: [title: string, bytes: Uint8Array, message: RegExp][] = [
    ['an empty file', Buffer.alloc(0), /^too short for a safetensors file \(0 bytes\); /],
    ['a file that ends in the length field', Buffer.alloc(7), /^too short for a safetensors file \(7 bytes\); /],
    [
      'a header longer than the file',
      safetensors({}, [], 3),
      /^the header is longer than the file \(3 bytes announced, 2 there\); /,
    ],
    [
      'a header above the limit',
      safetensors({}, [], 100_000_001),
      /^the header length is above the format's limit of 100000000 bytes \(100000001\); /,
    ],
    ['a header length beyond 2^53', safetensors({}, [], 2n ** 64n - 1n), /\(18446744073709551615\); /],
    ['an empty header', safetensors(''), /^the safetensors header is not valid JSON/],
    ['a header that is no JSON', safetensors('{"a":'), /^the safetensors header is not valid JSON/],
    [
      'a header that is no UTF-8',
      Buffer.concat([safetensors('', [], 5), Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])]),
      /^the safetensors header is not valid JSON in UTF-8/,
    ],
    ['a byte-order mark', safetensors('\ufeff{}'), /^the safetensors header is not valid JSON in UTF-8/],
    ['a header that is an array', safetensors([]), /^the safetensors header does not begin with a JSON object/],
    ['a header that is null', safetensors('null'), /^the safetensors header does not begin with a JSON object/],
    ['space before the header', safetensors(' {}'), /^the safetensors header does not begin with a JSON object/],
    [
      'two tensors of one name',
      safetensors(`{"a":${JSON.stringify(f32([1], 0, 4))},"\\u0061":${JSON.stringify(f32([1], 0, 4))}}`, one),
      /^a key occurs twice in one object of the safetensors header \("a"\); /,
    ],
    [
      'two tensors of one name, with space before the colon',
      safetensors(`{"a" \n:${JSON.stringify(f32([1], 0, 4))},"a"\t:${JSON.stringify(f32([1], 0, 4))}}`, one),
      /^a key occurs twice in one object of the safetensors header \("a"\); /,
    ],
    [
      'two shapes of one tensor',
      safetensors('{"a":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}}', one),
      /^a key occurs twice in one object of the safetensors header \("shape"\); /,
    ],
    [
      'metadata that are not strings',
      safetensors({ __metadata__: { format: 'pt', 'a\nb': 3 } }),
      /^__metadata__ holds something other than a string \(at "a\\nb"\); /,
    ],
    ['hidden metadata that are not strings', safetensors('{"__metadata__":{"__proto__":3}}'), /\(at "__proto__"\); /],
    ['metadata that are an array', safetensors({ __metadata__: [] }), /^__metadata__ is not a JSON object; /],
    ['metadata that are null', safetensors({ __metadata__: null }), /^__metadata__ is not a JSON object; /],
    ['a tensor that is no object', safetensors({ a: 3 }), /^tensor "a" is ill described/],
    [
      'a tensor without shape',
      safetensors({ a: { dtype: 'F32', data_offsets: [0, 0] } }),
      /"a" is ill described \(shape/,
    ],
    [
      'a tensor without offsets',
      safetensors({ a: { dtype: 'F32', shape: [0] } }),
      /"a" is ill described \(data_offsets/,
    ],
    [
      'three offsets',
      safetensors({ a: { dtype: 'F32', shape: [0], data_offsets: [0, 0, 0] } }),
      /^tensor "a" is ill described \(data_offsets/,
    ],
    ['a negative dimension', safetensors({ a: f32([-1, -1], 0, 4) }, one), /^tensor "a" is ill described \(shape\.0: /],
    [
      'negative zero',
      safetensors('{"a":{"dtype":"F32","shape":[-0],"data_offsets":[0,0]}}'),
      /\(shape\.0: negative zero\)/,
    ],
    ['a fractional dimension', safetensors({ a: f32([0.5], 0, 2) }, one), /^tensor "a" is ill described \(shape\.0: /],
    [
      'a dimension that is text',
      safetensors('{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}', one),
      /\(shape\.0: /,
    ],
    ['a negative offset', safetensors({ a: f32([1], -4, 0) }, one), /^tensor "a" is ill described \(data_offsets\.0: /],
    [
      'an offset beyond 2^53',
      safetensors({ a: f32([1], 0, 1e300) }, one),
      /^tensor "a" is ill described \(data_offsets\.1: /,
    ],
    [
      'an unknown dtype',
      safetensors({ a: { dtype: 'F8_E4M3', shape: [4], data_offsets: [0, 4] } }, one),
      /^tensor "a" has a dtype this project does not read \("F8_E4M3"\); save it as one of F32, F16, /,
    ],
    [
      'a dtype named like a method',
      safetensors({ a: { dtype: 'toString', shape: [4], data_offsets: [0, 4] } }, one),
      /does not read \("toString"\)/,
    ],
    [
      'offsets the wrong way round',
      safetensors({ a: f32([1], 4, 0) }, one),
      /^tensor "a" ends before it begins \(4 > 0\); /,
    ],
    [
      'data cut short',
      safetensors({ a: f32([2], 0, 8) }, one),
      /^tensor "a" ends outside the data \(at byte 8 of 4\); the file was cut short/,
    ],
    [
      'more bytes than the shape takes',
      safetensors({ a: f32([1], 0, 8) }, float32Bytes([1, 2])),
      /^tensor "a" of F32 \[1\] needs 4 bytes but its offsets span 8; /,
    ],
    [
      'a shape whose product is no double',
      safetensors({ a: f32(new Array<number>(400).fill(2 ** 53 - 1), 0, 4) }, one),
      /needs Infinity bytes but its offsets span 4; /,
    ],
    [
      'tensors that overlap in part',
      safetensors({ a: f32([2], 0, 8), b: f32([2], 4, 12) }, float32Bytes([1, 2, 3])),
      /^tensors "a" and "b" overlap \(byte 4 belongs to both\); /,
    ],
    [
      'tensors on the same bytes',
      safetensors({ a: f32([1], 0, 4), b: f32([1], 0, 4) }, one),
      /^tensors "a" and "b" overlap/,
    ],
    [
      'an empty tensor inside another',
      safetensors({ a: f32([2], 0, 8), b: f32([0], 4, 4) }, float32Bytes([1, 2])),
      /^tensors "a" and "b" overlap/,
    ],
    [
      'a hole before the first tensor',
      safetensors({ a: f32([1], 4, 8) }, float32Bytes([1, 2])),
      /^bytes 0 to 4 of the data, before tensor "a", belong to no tensor; /,
    ],
    [
      'a hole between tensors',
      safetensors({ a: f32([1], 0, 4), b: f32([1], 8, 12) }, float32Bytes([1, 2, 3])),
      /^bytes 4 to 8 of the data, before tensor "b", belong to no tensor; /,
    ],
    [
      'bytes after the last tensor',
      safetensors({ a: f32([1], 0, 4) }, [...one, 0]),
      /^bytes 4 to 5 of the data, after the last tensor, belong to no tensor; /,
    ],
    [
      'a truth value that is neither',
      safetensors({ a: { dtype: 'BOOL', shape: [2], data_offsets: [0, 2] } }, [1, 2]),
      /^tensor "a" of BOOL holds a byte that is neither 0 nor 1 \(2 at element 1\); /,
    ],
    [
      'a name with line breaks, shown on one line',
      safetensors({ ['a\nb\u001b[31m' + 'x'.repeat(500)]: 3 }),
      /^tensor "a\\nb\\u001b\[31mx{65}…" is ill described/,
    ],
  ];
  it.each(cases)('%s', async (_, bytes, message) => {
    expect(await refusal(bytes)).toMatch(message);
  });

  it('survives nesting and strings too deep and long for a recursive parser', async () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    expect(await refusal(safetensors(`{"a":${deep}}`))).toMatch(
      /^the safetensors header is not valid JSON in UTF-8 \(brackets/,
    );
    expect(await refusal(safetensors(`{"${'x\\n'.repeat(3_000_000)}":1}`))).toMatch(/is ill described/);
  });

  it('a file that is missing, a folder, or ends while it is read', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'weights.safetensors');
    await expect(readSafetensors(path)).rejects.toThrow(new LensError(path, 'no such file', 'check the path'));
    await expect(readSafetensors(folder)).rejects.toThrow(/: cannot be read \(EISDIR: .*\); name a file$/);

    writeFileSync(path, safetensors({ a: f32([2], 0, 8) }, float32Bytes([1, 2])));
    const file = await SafetensorsFile.open(path);
    onTestFinished(() => file.close());
    truncateSync(path, 8);
    await expect(file.readAll()).rejects.toThrow(/: the file ended while it was read \(at byte \d+\); /);
  });
});
