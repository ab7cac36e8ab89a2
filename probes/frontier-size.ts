import { defineProbe } from 'coconut-lens';

export default defineProbe({
  name: 'frontier-size',
  question: 'How many nodes does the frontier have?',
  kind: 'number',
  label: ({ depth, step }) => depth.filter((d) => d === step).length,
  control: 'otherSide',
});
