import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { compile, ops, type Program, type ProgramFunction, type Signature } from '../tensor/index.js';
import { allRows, checkDesign, checkLength, type Design } from './design.js';
import { DEFAULT_FOLDS, groupFolds } from './folds.js';
import { scaleOf, standardise, type Standardisation } from './fits/standardisation.js';
import type { Products, RowValues } from './fits/products.js';

/** How rows are brought to a fit: into how many folds, and how those are drawn. */
export interface PrepareOptions {
  /** Default 5. */
  readonly folds?: number | undefined;
  /** Of the assignment of graphs to folds. */
  readonly seed: number | string;
}

/** The rows of one fold, contiguous. */
interface Block {
  readonly rows: number;
  /** [rows * columns], columns brought to mean 0 and deviation 1 over the whole design. */
  readonly values: Float32Array;
  /** Sums of those columns and of their squares. */
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

const forwardProgram: ProgramFunction = ({ x, w }) => ({ product: ops.matMul(x, w) });
const backwardProgram: ProgramFunction = ({ x, r }) => ({ product: ops.matMul(x, r, true, false) });

const float = (...shape: number[]): Signature[string] => ({ shape, dtype: 'float32' });

/**
 * A design made ready for cross-fitting: rows sorted by fold, columns scaled once so that float32 products lose nothing
 * to large means, and the principal axes of the columns, along which the fits are well conditioned. None of this sees a
 * label, and none of it decides a result: each fit standardises on its own training rows, and where it converges to is
 * determined by them alone. Probes of the same rows share one.
 *
 * Products run on the engine, in float32. Memory is one copy of the design.
 */
export class PreparedDesign {
  readonly columns: number;
  readonly folds: number;
  /** [rows], the original number of each row, fold after fold. */
  readonly order: Int32Array;
  /** [folds + 1], where each fold starts in `order`. */
  readonly starts: readonly number[];
  /** [columns] Of the correlation matrix of the columns. */
  readonly spectrum: Float64Array;
  /** [columns * columns], an eigenvector per column. */
  readonly axes: Float32Array;
  /** What the copy was scaled by. */
  readonly #standardisation: Standardisation;
  readonly #blocks: readonly Block[];
  readonly #programs = new Map<string, Promise<Program>>();

  private constructor(
    design: Design,
    fold: Int32Array,
    folds: number,
    standardisation: Standardisation,
    order: Int32Array,
  ) {
    this.columns = design.columns;
    this.folds = folds;
    this.#standardisation = standardisation;
    this.order = order;
    const counts = Array<number>(folds).fill(0);
    for (const own of fold) counts[own]++;
    this.starts = counts.reduce((starts, count) => [...starts, starts[starts.length - 1] + count], [0]);
    this.#blocks = counts.map((_, f) =>
      copyBlock(design, order.subarray(this.starts[f], this.starts[f + 1]), standardisation),
    );
    this.spectrum = new Float64Array(this.columns);
    this.axes = new Float32Array(this.columns * this.columns);
  }

  /**
   * @param groups [rows], the graph of each row
   * @param subject what messages are about, a probe's name
   * @throws LensError if a number is not finite, lengths disagree, or there are fewer graphs than folds
   */
  static prepare(
    design: Design,
    groups: ArrayLike<number>,
    { folds = DEFAULT_FOLDS, seed }: PrepareOptions,
    subject?: string,
  ): Promise<PreparedDesign> {
    checkLength('groups', groups.length, design.rows, subject);
    return PreparedDesign.ofFolds(design, groupFolds(groups, folds, seed), folds, subject);
  }

  /**
   * Likewise, with folds of the caller's own.
   *
   * @param fold [rows], 0..folds-1: all rows of a graph in one
   */
  static async ofFolds(design: Design, fold: Int32Array, folds: number, subject?: string): Promise<PreparedDesign> {
    checkDesign(design, subject);
    const order = allRows(design).sort((a, b) => fold[a] - fold[b] || a - b);
    const prepared = new PreparedDesign(design, fold, folds, standardise(design, allRows(design)), order);
    await prepared.#decompose();
    return prepared;
  }

  get rows(): number {
    return this.order.length;
  }

  /** The original numbers of the rows of some folds, in the order of `products` of those folds. */
  rowsOf(folds: readonly number[]): Int32Array {
    return Int32Array.from(folds.flatMap((f) => [...this.order.subarray(this.starts[f], this.starts[f + 1])]));
  }

  /** The products with the rows of some folds, columns in the scale of the copy. */
  products(folds: readonly number[]): Products {
    const blocks = folds.map((f) => this.#blocks[f]);
    const { columns } = this;
    const rows = blocks.reduce((sum, block) => sum + block.rows, 0);
    return {
      rows,
      columns,
      allocate: (outputs) => new Float32Array(rows * outputs),
      forward: async (weights, scores) => {
        const outputs = weights.length / columns;
        const w = new Float32Array(weights);
        let start = 0;
        for (const block of blocks) {
          scores.set(await this.#multiply('forward', block, { w }, outputs), start);
          start += block.rows * outputs;
        }
      },
      backward: async (residuals, outputs) => {
        const total = new Float64Array(columns * outputs);
        let start = 0;
        for (const block of blocks) {
          const end = start + block.rows * outputs;
          const r = asFloat32(residuals.subarray(start, end));
          const product = await this.#multiply('backward', block, { r }, outputs);
          for (let i = 0; i < total.length; i++) total[i] += product[i];
          start = end;
        }
        return total;
      },
    };
  }

  /** Means and deviations over the rows of some folds, in the scale of the copy. */
  standardisation(folds: readonly number[]): Standardisation {
    const blocks = folds.map((f) => this.#blocks[f]);
    const rows = blocks.reduce((sum, block) => sum + block.rows, 0);
    const mean = (name: 'sums' | 'squares', c: number): number =>
      blocks.reduce((sum, block) => sum + block[name][c], 0) / rows;
    const means = Float64Array.from({ length: this.columns }, (_, c) => mean('sums', c));
    const scales = means.map((m, c) => scaleOf(Math.sqrt(Math.max(0, mean('squares', c) - m * m)), 1));
    return { means, scales };
  }

  /**
   * Weights of the copy's columns as weights of the design's.
   *
   * @param weights [columns * outputs]
   * @param intercepts [outputs]
   */
  toDesign(weights: Float64Array, intercepts: Float64Array): { weights: Float64Array; intercepts: Float64Array } {
    const outputs = intercepts.length;
    const { means, scales } = this.#standardisation;
    const offsets = Float64Array.from(intercepts);
    const raw = weights.map((w, i) => w / scales[Math.floor(i / outputs)]);
    raw.forEach((w, i) => (offsets[i % outputs] -= w * means[Math.floor(i / outputs)]));
    return { weights: raw, intercepts: offsets };
  }

  /** Q a, or Q' a, with the principal axes Q. @param a [columns * width] */
  async rotate(a: Float64Array, width: number, transposed: boolean): Promise<Float32Array> {
    const { columns } = this;
    const block = { rows: columns, values: this.axes };
    return transposed
      ? this.#multiply('backward', block, { r: new Float32Array(a) }, width)
      : this.#multiply('forward', block, { w: new Float32Array(a) }, width);
  }

  /** Frees what the engine holds. */
  async dispose(): Promise<void> {
    for (const program of this.#programs.values()) (await program).dispose();
    this.#programs.clear();
  }

  async #multiply(
    direction: 'forward' | 'backward',
    { rows, values }: Pick<Block, 'rows' | 'values'>,
    other: Readonly<Record<string, Float32Array>>,
    outputs: number,
  ): Promise<Float32Array> {
    const x = { data: values, ...floats(rows, this.columns) };
    const program = await this.#program(direction, rows, outputs);
    const inputs =
      direction === 'forward'
        ? { x, w: { data: other['w'], ...floats(this.columns, outputs) } }
        : { x, r: { data: other['r'], ...floats(rows, outputs) } };
    return (await program.run(inputs))['product'].data as Float32Array;
  }

  #program(direction: 'forward' | 'backward', rows: number, outputs: number): Promise<Program> {
    const key = `${direction} ${rows} ${outputs}`;
    const found = this.#programs.get(key);
    if (found !== undefined) return found;
    const x = float(rows, this.columns);
    const made =
      direction === 'forward'
        ? compile(forwardProgram, { x, w: float(this.columns, outputs) }, { keepMemory: false })
        : compile(backwardProgram, { x, r: float(rows, outputs) }, { keepMemory: false });
    this.#programs.set(key, made);
    return made;
  }

  async #decompose(): Promise<void> {
    const { columns } = this;
    const gram = new Float64Array(columns * columns);
    for (const block of this.#blocks) {
      const own = await this.#multiply('backward', block, { r: block.values }, columns);
      for (let i = 0; i < gram.length; i++) gram[i] += own[i] / this.rows;
    }
    const matrix = Matrix.zeros(columns, columns);
    for (let i = 0; i < columns; i++)
      for (let j = 0; j < columns; j++) matrix.set(i, j, (gram[i * columns + j] + gram[j * columns + i]) / 2);
    const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
    realEigenvalues.forEach((value, k) => (this.spectrum[k] = Math.max(0, value)));
    for (let i = 0; i < columns; i++)
      for (let j = 0; j < columns; j++) this.axes[i * columns + j] = eigenvectorMatrix.get(i, j);
  }
}

const floats = (...shape: number[]): { shape: number[]; dtype: 'float32' } => ({ shape, dtype: 'float32' });

function asFloat32(values: RowValues): Float32Array {
  return values instanceof Float32Array ? values : new Float32Array(values);
}

function copyBlock({ columns, values }: Design, rows: Int32Array, { means, scales }: Standardisation): Block {
  const copy = new Float32Array(rows.length * columns);
  const sums = new Float64Array(columns);
  const squares = new Float64Array(columns);
  rows.forEach((row, i) => {
    for (let c = 0; c < columns; c++) {
      const at = i * columns + c;
      copy[at] = (values[row * columns + c] - means[c]) / scales[c];
      sums[c] += copy[at];
      squares[c] += copy[at] * copy[at];
    }
  });
  return { rows: rows.length, values: copy, sums, squares };
}
