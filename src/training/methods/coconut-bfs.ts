import { replaceSteps, type Method } from './method.js';

export const coconutBfs: Method = {
  name: 'coconut-bfs',
  summary:
    'Coconut that after c thoughts is to expect every node at depth c + 1 alike, on the path or not (arXiv 2505.12514)',
  input: 'thought',
  curriculum: true,
  label: 'frontier',
  plan: replaceSteps,
};
