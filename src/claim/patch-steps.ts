/** One thought, and whom it is put into, as indices. */
export interface PatchStep {
  /** t, from 1. */
  readonly thought: number;
  readonly indices: readonly number[];
}

/**
 * Patching one thought after the other: for t = 1 .. k, as long as any item is patched, those whose last patched thought is not before
 * it. The longest come first: then those of a later step are the first so many of those before, and runs over them are views.
 *
 * @param last of each item
 * @returns the items' order, and the steps
 */
export function patchSteps(
  last: readonly number[],
  k: number,
): { readonly order: readonly number[]; readonly steps: readonly PatchStep[] } {
  const order = [...last.keys()].sort((a, b) => last[b] - last[a]);
  const steps = Array.from({ length: k }, (_, t) => ({
    thought: t + 1,
    indices: order.filter((i) => last[i] > t),
  })).filter(({ indices }) => indices.length > 0);
  return { order, steps };
}
