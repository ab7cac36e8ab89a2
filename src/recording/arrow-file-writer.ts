import { Message, RecordBatchFileWriter, type Schema, type TypeMap } from 'apache-arrow';
import type { BatchBlock } from './arrow-scan.js';
import type { OutputFile } from './output-file.js';

/**
 * An Arrow IPC file that is on disk batch by batch. Arrow's own writer queues its bytes without back-pressure (631 MB
 * of file cost 711 MB of memory); this one hands them to the file as they come.
 *
 * It also writes the schema at the head of the file, which the format asks for ("Serialization and Interprocess
 * Communication", IPC file format) and Arrow for JavaScript leaves out. An unfinished file can then be read as a stream.
 */
export class ArrowFileWriter<T extends TypeMap> extends RecordBatchFileWriter<T> {
  readonly #file: OutputFile;

  /**
   * @param file empty, or positioned after the last of `written`
   * @param written the batches that the file holds already
   */
  constructor(file: OutputFile, schema: Schema<T>, written: readonly BatchBlock[] = []) {
    super({ autoDestroy: false });
    this.#file = file;
    if (file.position === 0) {
      this.reset(undefined, schema);
    } else {
      this._started = true;
      this._schema = schema;
      this._position = file.position;
      this._recordBatchBlocks.push(...written);
    }
  }

  protected override _write(chunk: ArrayBufferLike | ArrayBufferView): this {
    const bytes = ArrayBuffer.isView(chunk)
      ? new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      : new Uint8Array(chunk);
    if (this._started && bytes.byteLength > 0) {
      this.#file.write(bytes);
      this._position += bytes.byteLength;
    }
    return this;
  }

  protected override _writeSchema(schema: Schema<T>): this {
    return this._writeMagic()._writePadding(2)._writeMessage(Message.from(schema));
  }
}
