import { crc32, deflateRawSync } from 'node:zlib';

/** One file of an archive as the headers will describe it; whatever is not said is told truly. */
export interface ZipPart {
  readonly name: string;
  readonly data: Uint8Array;
  /** Claimed bytes when inflated; makes the entry a deflated one. */
  readonly inflatedSize?: number;
  readonly crc32?: number;
}

/** A deflated part. */
export function deflated(name: string, data: Uint8Array): ZipPart {
  return { name, data: deflateRawSync(data), inflatedSize: data.length, crc32: crc32(data) };
}

/** A zip archive put together by hand, so that its headers can say anything. */
export function zip(parts: readonly ZipPart[]): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let position = 0;
  for (const { name, data, inflatedSize, crc32: claimed } of parts) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(inflatedSize === undefined ? 0 : 8, 4);
    common.writeUInt32LE(claimed ?? crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(inflatedSize ?? data.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), data]);
    const at = Buffer.alloc(14);
    at.writeUInt32LE(position, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, at, Buffer.from(name)]));
    pieces.push(local);
    position += local.length;
  }
  const table = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(table.length, 12);
  end.writeUInt32LE(position, 16);
  return Buffer.concat([...pieces, table, end]);
}
