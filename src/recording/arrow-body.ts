import {
  FixedSizeList,
  Float32,
  Int32,
  List,
  makeData,
  RecordBatch,
  Struct,
  Utf8,
  type Data,
  type DataType,
  type Schema,
  type TypeMap,
} from 'apache-arrow';

/** What a record batch's message says of its body. */
export interface BatchHeader {
  readonly length: number;
  readonly nodes: readonly { readonly length: number; readonly nullCount: number }[];
  readonly buffers: readonly { readonly offset: number; readonly length: number }[];
}

/**
 * A record batch over its body. Its columns must lie there as Arrow writes them: buffers one after the other without a
 * gap, each as long as its rows need, lists and texts one after the other likewise, no row null.
 *
 * @param body begins at a multiple of 8 bytes of its memory
 * @throws RangeError where they do not
 */
export function batchOf<T extends TypeMap>(schema: Schema<T>, header: BatchHeader, body: Uint8Array): RecordBatch<T> {
  const columns = new Columns(header, body);
  const children = schema.fields.map(({ type }) => columns.next(type, header.length));
  columns.requireEnd();
  const type = new Struct<T>(schema.fields);
  return new RecordBatch(schema, makeData({ type, length: header.length, nullCount: 0, children }));
}

class Columns {
  readonly #nodes: BatchHeader['nodes'];
  readonly #buffers: BatchHeader['buffers'];
  readonly #body: Uint8Array;
  #node = 0;
  #buffer = 0;
  #end = 0;

  constructor({ nodes, buffers }: BatchHeader, body: Uint8Array) {
    this.#nodes = nodes;
    this.#buffers = buffers;
    this.#body = body;
  }

  next(type: DataType, length: number): Data {
    const node = this.#nodes.at(this.#node++);
    require(node?.length === length && node.nullCount === 0);
    this.#bytes(0);
    const column = { length, nullCount: 0 };
    if (type instanceof Float32) return makeData({ ...column, type, data: floats(this.#bytes(4 * length)) });
    if (type instanceof Int32) return makeData({ ...column, type, data: integers(this.#bytes(4 * length)) });
    if (type instanceof FixedSizeList)
      return makeData({ ...column, type, child: this.next(itemType(type), length * type.listSize) });
    const valueOffsets = integers(this.#bytes(4 * (length + 1)));
    require(valueOffsets[0] === 0 && valueOffsets.every((offset, i) => i === 0 || offset >= valueOffsets[i - 1]));
    if (type instanceof Utf8)
      return makeData({ ...column, type, valueOffsets, data: this.#bytes(valueOffsets[length]) });
    require(type instanceof List);
    return makeData({ ...column, type, valueOffsets, child: this.next(itemType(type), valueOffsets[length]) });
  }

  requireEnd(): void {
    require(this.#node === this.#nodes.length && this.#buffer === this.#buffers.length);
    require(this.#end === this.#body.length);
  }

  /** The next buffer, without what fills it up to 8 bytes. */
  #bytes(length: number): Uint8Array {
    const found = this.#buffers.at(this.#buffer++);
    const start = this.#end;
    this.#end += Math.ceil(length / 8) * 8;
    require(found?.offset === start && start + found.length === this.#end && this.#end <= this.#body.length);
    return this.#body.subarray(start, start + length);
  }
}

function itemType({ children }: List | FixedSizeList): DataType {
  return children[0].type as DataType;
}

function floats({ buffer, byteOffset, byteLength }: Uint8Array): Float32Array {
  return new Float32Array(buffer, byteOffset, byteLength / 4);
}

function integers({ buffer, byteOffset, byteLength }: Uint8Array): Int32Array {
  return new Int32Array(buffer, byteOffset, byteLength / 4);
}

function require(holds: boolean): asserts holds {
  if (!holds) throw new RangeError('columns that do not lie in the body as they are described');
}
