import {
  Field,
  FixedSizeList,
  Float32,
  Int32,
  List,
  makeData,
  Utf8,
  type Data,
  type DataType,
  type RecordBatch,
  type TypeMap,
  type Vector,
} from 'apache-arrow';

/*
 * Columns straight from typed arrays: Arrow's builders visit every value and are far too slow for thought vectors.
 * No column has nulls, so none has a validity bitmap. The child of a list is called `item`, as Arrow's other
 * implementations call it.
 */

/** A column that is never null, with its meaning in the field's metadata. */
export function field<T extends DataType>(name: string, type: T, description: string): Field<T> {
  return new Field(name, type, false, new Map([['description', description]]));
}

/** The type of a list of any length. */
export function listOf<T extends DataType>(type: T): List<T> {
  return new List(new Field('item', type, false));
}

/** The type of a list of exactly `length` values. */
export function fixedListOf<T extends DataType>(length: number, type: T): FixedSizeList<T> {
  return new FixedSizeList(length, new Field('item', type, false));
}

export function float32Column(values: Float32Array): Data<Float32> {
  return makeData({ type: new Float32(), length: values.length, nullCount: 0, data: values });
}

export function int32Column(values: ArrayLike<number>): Data<Int32> {
  return makeData({ type: new Int32(), length: values.length, nullCount: 0, data: Int32Array.from(values) });
}

export function utf8Column(values: readonly string[]): Data<Utf8> {
  const encoded = values.map((value) => Buffer.from(value, 'utf8'));
  const valueOffsets = offsetsOf(encoded);
  const data = Buffer.concat(encoded);
  return makeData({ type: new Utf8(), length: values.length, nullCount: 0, valueOffsets, data });
}

/** One list per row; `child` holds the rows' values one after the other. */
export function listColumn<T extends DataType>(rows: readonly ArrayLike<unknown>[], child: Data<T>): Data<List<T>> {
  return makeData({
    type: listOf(child.type),
    length: rows.length,
    nullCount: 0,
    valueOffsets: offsetsOf(rows),
    child,
  });
}

/** Lists of `length` values each, cut from `child` one after the other. */
export function fixedListColumn<T extends DataType>(length: number, child: Data<T>): Data<FixedSizeList<T>> {
  return makeData({ type: fixedListOf(length, child.type), length: child.length / length, nullCount: 0, child });
}

/** The values of all rows, one after the other. */
export function concatenate(rows: readonly Float32Array[]): Float32Array {
  const values = new Float32Array(rows.reduce((sum, row) => sum + row.length, 0));
  let offset = 0;
  for (const row of rows) {
    values.set(row, offset);
    offset += row.length;
  }
  return values;
}

/** A column by name, for reading strings. */
export function columnOf<T extends TypeMap, Name extends keyof T>(batch: RecordBatch<T>, name: Name): Vector<T[Name]> {
  const column = batch.getChild(name);
  if (column === null) throw new Error(`the batch has no column ${String(name)}`);
  return column;
}

/** A column's own buffers, which one record batch holds in one piece. */
export function dataOf<T extends TypeMap, Name extends keyof T>(batch: RecordBatch<T>, name: Name): Data<T[Name]> {
  return columnOf(batch, name).data[0];
}

/** A list's values: Arrow does not type the children of a column. */
export function float32Values({ values }: Data): Float32Array {
  if (!(values instanceof Float32Array)) throw new Error('the list does not hold float32');
  return values;
}

/** A list's values: Arrow does not type the children of a column. */
export function int32Values({ values }: Data): Int32Array {
  if (!(values instanceof Int32Array)) throw new Error('the list does not hold int32');
  return values;
}

/** A list column's offsets: row i holds the values offsets[i] to offsets[i + 1]. */
export function offsetsIn(list: Data): Int32Array {
  const offsets: unknown = list.valueOffsets;
  if (!(offsets instanceof Int32Array)) throw new Error('the column does not hold lists');
  return offsets;
}

function offsetsOf(rows: readonly ArrayLike<unknown>[]): Int32Array {
  const offsets = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => {
    offsets[i + 1] = offsets[i] + row.length;
  });
  return offsets;
}
