import type { Algorithm } from './set-model.js';

/** An algorithm, and what is true of it. */
export interface Known extends Algorithm {
  readonly truth: string;
  /** k, where it needs more thoughts than the deepest target has steps; default 6. */
  readonly thoughts?: number;
}
