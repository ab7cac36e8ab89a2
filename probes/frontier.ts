import { defineProbe, type ProbeSite } from 'coconut-lens';

// A search may keep what it has expanded or drop it, and a node that both sides have met is in both sets: neither is asked
// about. What is left out is left out of the control as well, so that both tasks have the same negatives.
function frontier({ depth, step, other }: ProbeSite, node: number): boolean | undefined {
  if (met(other.depth[node], step) || (met(depth[node], step) && depth[node] < step)) return undefined;
  return depth[node] === step;
}

function met(depth: number, step: number): boolean {
  return depth >= 0 && depth <= step;
}

export default defineProbe({
  name: 'frontier',
  question: 'Is a node on the frontier (at the depth of the step), rather than met by neither side so far?',
  kind: 'node',
  label: frontier,
  control: 'otherSide',
});
