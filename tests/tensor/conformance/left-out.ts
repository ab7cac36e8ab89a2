/** A test of tfjs-core that the lazy backend is not held to, and why. */
export interface LeftOut {
  /** Matches the full name of the specs. */
  readonly spec: RegExp;
  readonly reason: string;
}

const OTHER_KERNEL = 'stands in the same file but tests another kernel, which the backend does not have';
const COMPLEX = 'complex64 is not supported: no model here needs it';
const STRING = 'string tensors are not supported: tokens are numbers before they reach a tensor';

export const LEFT_OUT: readonly LeftOut[] = [
  { spec: /complex/, reason: COMPLEX },
  { spec: /^(add|sub) .* upcasts when dtypes dont match$/, reason: `${COMPLEX}; the test upcasts to it` },
  { spec: /string/i, reason: STRING },
  {
    spec: /^squeeze .* (default|specific dimension|all ones|squeeze only ones)$/,
    reason: `${STRING}; the test loops over dtypes`,
  },
  { spec: /^mod /, reason: OTHER_KERNEL },
  { spec: /^atan2 /, reason: OTHER_KERNEL },
  { spec: /^prelu /, reason: OTHER_KERNEL },
  {
    spec: /^gather .* throws when index is out of bound$/,
    reason:
      'a lazy backend notices when the tensor is read, not when the operation is called; own test in compile.test.ts',
  },
  {
    spec: /^exp .* int32$/,
    reason: 'expects exp(10) to 1e-3 absolute, which is half the spacing of float32 there',
  },
];
