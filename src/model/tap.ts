import { ops, type Tensor } from '../tensor/index.js';

/**
 * Sees every named activation of a pass, and may replace it by a tensor of the same shape: what hooks and traces are
 * made of. The names and axes are those of `activationNames` and `activationAxes`, without the `pass.{k}.` prefix.
 */
export type Tap = (name: string, activation: Tensor) => Tensor;

/** The default tap. A pass recognises it and spares even the reshapes that show a tap its axes. */
export const identityTap: Tap = (_name, activation) => activation;

/** A tap for rows [batch * positions, width]: it shows `tap` the same numbers as [batch, positions, width]. */
export function rowsTap(tap: Tap, batch: number): Tap {
  if (tap === identityTap) return identityTap;
  return (name, rows) => {
    const [count, width] = rows.shape;
    return ops.reshape(tap(name, ops.reshape(rows, [batch, count / batch, width])), [count, width]);
  };
}

/** Puts `prefix` before every name. */
export function prefixTap(tap: Tap, prefix: string): Tap {
  return tap === identityTap ? tap : (name, activation) => tap(`${prefix}${name}`, activation);
}
