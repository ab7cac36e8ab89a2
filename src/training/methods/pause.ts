import { replaceSteps, type Method } from './method.js';

export const pause: Method = {
  name: 'pause',
  summary:
    "Coconut's curriculum with a learned token in place of the thoughts, read in one pass (arXiv 2412.06769, section 4.2, pause as thought)",
  input: 'pause',
  curriculum: true,
  label: 'path',
  plan: replaceSteps,
};
