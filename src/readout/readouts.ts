import type { Readout } from './kit/define-readout.js';

/** Loads the module of a readout, which costs nothing before it is called. */
export type LoadReadout<Loaded extends Readout = Readout> = () => Promise<{ readonly readout: Loaded }>;

const loading = <Loaded extends Readout>(load: LoadReadout<Loaded>): LoadReadout<Loaded> => load;

/**
 * Every readout by its name. Each is loaded when it is asked for: to know their names costs nothing, neither in the help
 * of the command line nor in a program.
 */
export const READOUTS = {
  frontier: loading(() => import('./frontier/index.js')),
  interpolation: loading(() => import('./interpolation/index.js')),
  tree: loading(() => import('./tree/index.js')),
  parallelism: loading(() => import('./parallelism/index.js')),
  height: loading(() => import('./height/index.js')),
  'inner-products': loading(() => import('./inner-products/index.js')),
  'edge-attention': loading(() => import('./edge-attention/index.js')),
  'question-prior': loading(() => import('./question-prior/index.js')),
  'entity-belief': loading(() => import('./entity-belief/index.js')),
  'logit-lens': loading(() => import('./logit-lens/index.js')),
  mediation: loading(() => import('./mediation/index.js')),
  propagation: loading(() => import('./propagation/index.js')),
} as const;

/** The readouts, by their names. */
export type ReadoutName = keyof typeof READOUTS;
