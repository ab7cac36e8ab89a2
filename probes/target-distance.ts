import { defineProbe } from 'coconut-lens';

export default defineProbe({
  name: 'target-distance',
  question: 'How many edges is the target away from the root?',
  kind: 'number',
  label: ({ depth, target }) => depth[target],
  control: 'otherSide',
});
