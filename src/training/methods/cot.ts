import type { Method } from './method.js';

export const cot: Method = {
  name: 'cot',
  summary: 'all steps in language, then the answer (arXiv 2412.06769, section 4.2)',
  input: undefined,
  curriculum: false,
  label: 'path',
  plan: () => ({ removedSteps: 0, removedTokens: 0, latents: 0 }),
};
