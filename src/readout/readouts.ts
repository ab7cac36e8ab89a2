import type { Readout } from './kit/define-readout.js';

/**
 * Every readout by its name. Each is loaded when it is asked for: to know their names costs nothing, neither in the help
 * of the command line nor in a program.
 */
export const READOUTS = {
  frontier: () => import('./frontier/index.js'),
  interpolation: () => import('./interpolation/index.js'),
  tree: () => import('./tree/index.js'),
  parallelism: () => import('./parallelism/index.js'),
  height: () => import('./height/index.js'),
  'inner-products': () => import('./inner-products/index.js'),
  'edge-attention': () => import('./edge-attention/index.js'),
  'question-prior': () => import('./question-prior/index.js'),
  'entity-belief': () => import('./entity-belief/index.js'),
  'logit-lens': () => import('./logit-lens/index.js'),
} satisfies Readonly<Record<string, () => Promise<{ readonly readout: Readout }>>>;

/** The readouts, by their names. */
export type ReadoutName = keyof typeof READOUTS;
