import { replaceSteps, type Method } from './method.js';

export const noThoughts: Method = {
  name: 'no-thoughts',
  summary: "Coconut's curriculum without thoughts (arXiv 2412.06769, section 4.2, w/o thought)",
  input: undefined,
  curriculum: true,
  label: 'path',
  plan: (context) => ({ ...replaceSteps(context), latents: 0 }),
};
