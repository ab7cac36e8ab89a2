/** An array of one element type. */
interface Elements<T> {
  readonly length: number;
  [index: number]: T;
}

/**
 * Copies a strided view of `source` into `target`, row-major.
 *
 * @param offset of the first element, which with every other one must lie within `source`
 */
export function gather<T>(
  source: Elements<T>,
  target: Elements<T>,
  offset: number,
  shape: readonly number[],
  strides: readonly number[],
): void {
  if (target.length === 0) return;
  // Axes of length 1 never move; without them every inner run has at least two elements.
  const axes = shape.map((length, axis) => ({ length, stride: strides[axis] })).filter(({ length }) => length > 1);
  const inner = axes.pop() ?? { length: 1, stride: 0 };
  const index = axes.map(() => 0);
  let from = offset;
  for (let to = 0; ;) {
    for (let i = 0; i < inner.length; i++) target[to++] = source[from + i * inner.stride];
    let axis = axes.length - 1;
    for (; axis >= 0; axis--) {
      from += axes[axis].stride;
      if (++index[axis] < axes[axis].length) break;
      from -= axes[axis].length * axes[axis].stride;
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}
