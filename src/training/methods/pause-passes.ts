import { replaceSteps, type Method } from './method.js';

/**
 * The learned token does not depend on the passes before, so that with a key/value cache this computes, to rounding,
 * what `pause` computes. It is the control for Coconut's number of passes, and shows that passes alone do nothing.
 */
export const pausePasses: Method = {
  name: 'pause-passes',
  summary: 'pause as thought with one pass for each latent position: the passes of Coconut without its recurrence',
  input: 'pause-passes',
  curriculum: true,
  label: 'path',
  plan: replaceSteps,
};
