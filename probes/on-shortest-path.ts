import { defineProbe } from 'coconut-lens';

export default defineProbe({
  name: 'on-shortest-path',
  question: 'Which nodes of the frontier lie on a shortest path to the target?',
  kind: 'node',
  label: ({ depth, step, onShortestPath }, node) => (depth[node] === step ? onShortestPath[node] : undefined),
  control: 'otherSide',
});
