import type { Method } from './method.js';

export const noCot: Method = {
  name: 'no-cot',
  summary: 'the answer at once, no steps and no latent positions (arXiv 2412.06769, section 4.2)',
  input: undefined,
  curriculum: false,
  label: 'path',
  plan: ({ steps }) => ({ removedSteps: steps, removedTokens: 0, latents: 0 }),
};
