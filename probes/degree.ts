import { defineProbe, type ProbeSite } from 'coconut-lens';

function busy({ graph }: ProbeSite, node: number): boolean {
  return graph.successors[node].length + graph.predecessors[node].length >= 4;
}

export default defineProbe({
  name: 'degree',
  question: 'Is a node in four edges or more?',
  kind: 'node',
  label: busy,
  control: (site, node) => {
    const { item, random } = site;
    return busy(site, random.fork('degrees').shuffle(item.names.map((_, other) => other))[node]);
  },
  controlWords: 'the same labels, dealt out anew among the nodes of each graph',
});
