import { LensError } from '../errors.js';

/** The rows that a probe reads, row-major: row r has `values[r * columns + c]` in column c. */
export interface Design {
  readonly rows: number;
  readonly columns: number;
  /** [rows * columns] */
  readonly values: Float32Array;
}

/**
 * Checks what enters a fit from outside.
 *
 * @param subject what the message is about, a probe's name
 * @throws LensError if a number is not finite, or the length is not rows x columns, or there are none
 */
export function checkDesign(design: Design, subject = 'design'): void {
  const { rows, columns, values } = design;
  if (rows < 1 || columns < 1)
    throw new LensError(subject, `has no numbers (${rows} rows, ${columns} columns)`, 'give rows to learn from');
  if (values.length !== rows * columns)
    throw new LensError(
      subject,
      `has ${values.length} numbers for ${rows} rows of ${columns} columns`,
      'give one number per row and column',
    );
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i]))
      throw new LensError(
        subject,
        `row ${Math.floor(i / columns)}, column ${i % columns} is not finite (${values[i]})`,
        'record the thoughts again, or leave the row out',
      );
}

/**
 * Checks that something has one entry per row.
 *
 * @param name of the thing: labels, groups
 * @throws LensError if it has another length
 */
export function checkLength(name: string, length: number, rows: number, subject = 'design'): void {
  if (length !== rows) throw new LensError(subject, `${name}: ${length} for ${rows} rows`, 'give one per row');
}

/** The numbers of all rows. */
export function allRows({ rows }: Design): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => row);
}
