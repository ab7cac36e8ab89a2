import { defineProbe, type ProbeSite } from 'coconut-lens';

function within({ depth, step }: Pick<ProbeSite, 'depth' | 'step'>, node: number): boolean {
  return depth[node] >= 0 && depth[node] <= step;
}

export default defineProbe({
  name: 'reachable',
  question: 'Can a node be reached within as many edges as there were steps, rather than by neither side?',
  kind: 'node',
  label: (site, node) => (within({ depth: site.other.depth, step: site.step }, node) ? undefined : within(site, node)),
  control: 'otherSide',
});
