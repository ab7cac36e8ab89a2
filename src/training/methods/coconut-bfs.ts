import { replaceSteps, type Method } from './method.js';

export const coconutBfs: Method = {
  name: 'coconut-bfs',
  summary: 'Coconut whose label after c thoughts is any node at depth c + 1, on the path or not (arXiv 2505.12514)',
  input: 'thought',
  curriculum: true,
  label: 'frontier',
  plan: replaceSteps,
};
