import { defineProbe } from 'coconut-lens';

export default defineProbe({
  name: 'other-side',
  question: 'Can a node be reached from the other root within as many edges, rather than by neither side?',
  kind: 'node',
  label: ({ depth, other, step }, node) => {
    if (depth[node] >= 0 && depth[node] <= step) return undefined;
    return other.depth[node] >= 0 && other.depth[node] <= step;
  },
  control: 'otherSide',
  controlWords: 'the same of the root: a search knows its own side, so that selectivity is below 0',
});
