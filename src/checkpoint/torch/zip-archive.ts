import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { LensError } from '../../errors.js';
import type { FileReader } from '../files.js';
import { quote } from '../messages.js';

/** Far above any checkpoint (GPT-2 XL with optimiser states has about 1,800); bounds time. */
const MAX_ENTRIES = 20_000;
const WINDOW_BYTES = 1 << 16;
const STORED = 0;
const DEFLATED = 8;
const DAMAGED_ZIP = 'the file was cut short or is damaged: fetch or save it again';

const inflate = promisify(inflateRaw);

/** One file within an archive. */
export interface ZipEntry {
  readonly name: string;
  /** Bytes it holds. */
  readonly size: number;
  /** Bytes it takes in the archive; `size` where it is not compressed. */
  readonly storedSize: number;
  readonly compressed: boolean;
  readonly crc32: number;
  /** Where its bytes begin in the archive. */
  readonly position: number;
}

/** The table of contents of a zip archive. Positions and sizes are known to lie within the file. */
export class ZipArchive {
  private constructor(
    private readonly reader: FileReader,
    readonly entries: ReadonlyMap<string, ZipEntry>,
  ) {}

  /** @throws LensError if the file is no zip archive or an entry is not what it should be */
  static async open(reader: FileReader): Promise<ZipArchive> {
    const entries = new Map<string, ZipEntry>();
    try {
      const zip = await fromRandomAccessReaderPromise(new WindowedReader(reader), reader.size, {
        autoClose: false,
        lazyEntries: true,
      });
      if (zip.entryCount > MAX_ENTRIES) {
        throw new LensError(
          reader.path,
          `more than ${MAX_ENTRIES} files in one archive (${zip.entryCount})`,
          DAMAGED_ZIP,
        );
      }
      // First the table, then what it points to: either is read from a few windows.
      const listed: Entry[] = [];
      for await (const entry of zip.eachEntry()) listed.push(entry);
      for (const entry of listed) {
        if (entries.has(entry.fileName)) {
          throw new LensError(
            reader.path,
            `the archive has two files of one name (${quote(entry.fileName)})`,
            DAMAGED_ZIP,
          );
        }
        entries.set(entry.fileName, await locate(reader, zip, entry));
      }
    } catch (error) {
      if (error instanceof LensError || !(error instanceof Error)) throw error;
      throw new LensError(
        reader.path,
        `not a zip archive that can be read (${error.message})`,
        DAMAGED_ZIP,
        'failure',
        error,
      );
    }
    return new ZipArchive(reader, entries);
  }

  /**
   * Reads all of an entry. A compressed entry that yields anything but its declared size is refused while it is
   * inflated, so no more than that is ever allocated.
   *
   * @throws LensError if it does not have its declared size or checksum
   */
  async read(entry: ZipEntry): Promise<Uint8Array> {
    const stored = this.allocate(entry, entry.storedSize);
    await this.reader.fill(stored, entry.position);
    const bytes = entry.compressed ? await this.inflate(entry, stored) : stored;
    this.check(entry, crc32(bytes));
    return bytes;
  }

  /**
   * Reads an uncompressed entry piece by piece.
   *
   * @param into memory for the piece that begins at byte `at`; pieces follow each other
   * @param done called with each piece once it is filled
   */
  async readInPieces(
    entry: ZipEntry,
    pieceBytes: number,
    into: (at: number, length: number) => Uint8Array,
    done: (at: number, length: number) => void = () => undefined,
  ): Promise<void> {
    let checksum = 0;
    for (let at = 0; at < entry.size; at += pieceBytes) {
      const length = Math.min(pieceBytes, entry.size - at);
      const piece = into(at, length);
      await this.reader.fill(piece, entry.position + at);
      checksum = crc32(piece, checksum);
      done(at, length);
    }
    this.check(entry, checksum);
  }

  private async inflate(entry: ZipEntry, stored: Uint8Array): Promise<Uint8Array> {
    let bytes: Uint8Array;
    try {
      bytes = await inflate(stored, { maxOutputLength: Math.max(entry.size, 1) });
    } catch (error) {
      return this.fail(entry, 'does not inflate to its declared size', error);
    }
    if (bytes.length !== entry.size) this.fail(entry, `inflates to ${bytes.length} bytes, not ${entry.size}`);
    // A copy on a boundary that typed arrays of every width accept.
    return bytes.byteOffset % 8 === 0 ? bytes : Uint8Array.from(bytes);
  }

  private allocate(entry: ZipEntry, size: number): Uint8Array {
    try {
      return new Uint8Array(size);
    } catch (error) {
      return this.fail(entry, 'does not fit in memory', error);
    }
  }

  private check(entry: ZipEntry, checksum: number): void {
    if (checksum !== entry.crc32) this.fail(entry, 'does not have its checksum');
  }

  private fail(entry: ZipEntry, problem: string, cause?: unknown): never {
    throw new LensError(
      this.reader.path,
      `the archive's file ${quote(entry.name)} ${problem}`,
      DAMAGED_ZIP,
      'failure',
      cause,
    );
  }
}

async function locate(reader: FileReader, zip: ZipFile, entry: Entry): Promise<ZipEntry> {
  const fail = (problem: string): never => {
    throw new LensError(reader.path, `the archive's file ${quote(entry.fileName)} ${problem}`, DAMAGED_ZIP);
  };
  const { compressionMethod, uncompressedSize: size, compressedSize: storedSize } = entry;
  if (entry.isEncrypted()) fail('is encrypted');
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED)
    fail(`is compressed in an unknown way (${compressionMethod})`);
  const { fileDataStart: position } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  if (position + storedSize > reader.size) fail('ends outside the archive');
  return {
    name: entry.fileName,
    size,
    storedSize,
    compressed: compressionMethod === DEFLATED,
    crc32: entry.crc32,
    position,
  };
}

/**
 * Answers yauzl's many small reads from one window of the file. Positions come from the file and may be anything: they
 * are checked here, because the operating system's refusal would be thrown where nobody can catch it.
 */
class WindowedReader extends RandomAccessReader {
  private window: Uint8Array = new Uint8Array(0);
  private windowAt = 0;

  constructor(private readonly file: FileReader) {
    super();
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.fill(buffer.subarray(offset, offset + length), position).then(
      () => callback(null),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
    );
  }

  private async fill(target: Uint8Array, position: number): Promise<void> {
    const { path, size } = this.file;
    const end = position + target.length;
    if (end > size) {
      throw new LensError(path, `the archive points outside the file (byte ${end} of ${size})`, DAMAGED_ZIP);
    }
    if (position < this.windowAt || end > this.windowAt + this.window.length) {
      this.window = new Uint8Array(Math.min(Math.max(WINDOW_BYTES, target.length), size - position));
      this.windowAt = position;
      await this.file.fill(this.window, position);
    }
    target.set(this.window.subarray(position - this.windowAt, end - this.windowAt));
  }
}
