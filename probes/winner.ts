import { defineProbe } from 'coconut-lens';

export default defineProbe({
  name: 'winner',
  question: 'Which of the root’s successors lead to the target?',
  kind: 'node',
  label: ({ depth, distanceToTarget }, node) => (depth[node] === 1 ? distanceToTarget[node] >= 0 : undefined),
  control: 'otherSide',
});
