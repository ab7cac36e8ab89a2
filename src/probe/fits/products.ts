import type { Design } from '../design.js';

/** Scores, or what is propagated back from them: [rows * outputs], row-major. */
export type RowValues = Float64Array | Float32Array;

/** The two products with the training rows X that a linear fit consists of. */
export interface Products {
  readonly rows: number;
  readonly columns: number;
  /** An array for scores or residuals, in the precision of the products. */
  allocate(outputs: number): RowValues;
  /** X W. @param weights [columns * outputs] @param scores [rows * outputs], overwritten */
  forward(weights: Float64Array, scores: RowValues): Promise<void>;
  /** X' R. @param residuals [rows * outputs] @returns [columns * outputs] */
  backward(residuals: RowValues, outputs: number): Promise<Float64Array>;
}

/**
 * The products in double precision, as loops over some rows of a float32 design, which is not copied: for fits that must
 * be exact, and small ones. `EngineProducts` is for the others.
 */
export class DoubleProducts implements Products {
  readonly rows: number;
  readonly columns: number;
  readonly #values: Float32Array;
  readonly #rowNumbers: Int32Array;

  constructor(design: Design, rowNumbers: Int32Array) {
    this.rows = rowNumbers.length;
    this.columns = design.columns;
    this.#values = design.values;
    this.#rowNumbers = rowNumbers;
  }

  allocate(outputs: number): Float64Array {
    return new Float64Array(this.rows * outputs);
  }

  // Several outputs share the reading of a row; one has a loop of its own, which is what most fits need.
  forward(weights: Float64Array, scores: RowValues): Promise<void> {
    const outputs = weights.length / this.columns;
    for (let i = 0; i < this.rows; i++) {
      const row = this.#row(i);
      if (outputs === 1) {
        let sum = 0;
        for (let c = 0; c < row.length; c++) sum += row[c] * weights[c];
        scores[i] = sum;
        continue;
      }
      scores.fill(0, i * outputs, (i + 1) * outputs);
      for (let c = 0; c < row.length; c++)
        for (let o = 0; o < outputs; o++) scores[i * outputs + o] += row[c] * weights[c * outputs + o];
    }
    return Promise.resolve();
  }

  backward(residuals: RowValues, outputs: number): Promise<Float64Array> {
    const product = new Float64Array(this.columns * outputs);
    for (let i = 0; i < this.rows; i++) {
      const row = this.#row(i);
      if (outputs === 1) {
        const residual = residuals[i];
        for (let c = 0; c < row.length; c++) product[c] += residual * row[c];
        continue;
      }
      for (let c = 0; c < row.length; c++)
        for (let o = 0; o < outputs; o++) product[c * outputs + o] += residuals[i * outputs + o] * row[c];
    }
    return Promise.resolve(product);
  }

  #row(i: number): Float32Array {
    const start = this.#rowNumbers[i] * this.columns;
    return this.#values.subarray(start, start + this.columns);
  }
}
