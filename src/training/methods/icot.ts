import type { Random } from '../../random.js';
import type { Method } from './method.js';

/** The smoothing of removal: P(offset) falls by this factor, e^4, with every further token (arXiv 2405.14838, section 3). */
const REMOVAL_RATE = 4;

/** Tokens removed ahead of schedule: o with probability proportional to exp(-4 o). */
function removalOffset(random: Random): number {
  return Math.floor(-Math.log(1 - random.uniform()) / REMOVAL_RATE);
}

export const icot: Method = {
  name: 'icot',
  summary: 'the steps are taken away from the front, nothing replaces them (implicit CoT, arXiv 2405.14838)',
  input: undefined,
  curriculum: true,
  label: 'path',
  plan: ({ stage, steps, random }) => ({
    removedSteps: Math.min(stage, steps),
    removedTokens: removalOffset(random),
    latents: 0,
  }),
};
