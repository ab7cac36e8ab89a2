import { crc32 } from 'node:zlib';

/** Length and type before a chunk's data, its checksum behind them. */
const HEAD = 8;
const CHECKSUM = 4;
/** Keyword, no compression, no language, no translated keyword: the form of an iTXt chunk (PNG specification, 11.3.3.4). */
const DESCRIPTION = Buffer.from('Description\0\0\0\0\0', 'latin1');

/** A PNG that says what can be read in it, in a chunk of its own: picture and text cannot come apart. */
export function describedPng(png: Buffer, text: string): Buffer {
  const typed = Buffer.concat([Buffer.from('iTXt', 'latin1'), DESCRIPTION, Buffer.from(text, 'utf8')]);
  const chunk = Buffer.alloc(typed.length + HEAD);
  chunk.writeUInt32BE(typed.length - 4, 0);
  typed.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(typed), typed.length + 4);
  // Before the last chunk, IEND, which has no data.
  const end = png.length - HEAD - CHECKSUM;
  return Buffer.concat([png.subarray(0, end), chunk, png.subarray(end)]);
}

/** What a PNG made by `describedPng` says of itself; undefined where it says nothing. */
export function pngDescription(png: Buffer): string | undefined {
  let at = 8;
  while (at + HEAD <= png.length) {
    const data = png.subarray(at + HEAD, at + HEAD + png.readUInt32BE(at));
    const isText = png.toString('latin1', at + 4, at + HEAD) === 'iTXt';
    if (isText && data.subarray(0, DESCRIPTION.length).equals(DESCRIPTION))
      return data.subarray(DESCRIPTION.length).toString('utf8');
    at += HEAD + data.length + CHECKSUM;
  }
  return undefined;
}
