/** The readouts that run a model, and what each is, for the help. */
export const READOUTS = {
  interpolation: 'what is said when thinking is cut short after k thoughts',
  tree: 'values of nodes along the graph, and the candidates at depth c',
  parallelism: 'how much lies on the highest one, two and three candidates',
  height: 'values by height above the leaves, of nodes that lead to the target and others',
  'inner-products': 'thoughts against token embeddings, by published and by disjoint groups of nodes',
  'edge-attention': 'what the position that reads a thought looks at, by groups of edges',
  'question-prior': 'what the question alone says of the answer, before any thought',
  'entity-belief': 'how probable whole names are after each thought, by what they are to the next step',
  'logit-lens': 'what every layer says of the frontier, at each thought',
} as const;

export type ReadoutName = keyof typeof READOUTS;

export const READOUT_NAMES = Object.keys(READOUTS) as [ReadoutName, ...ReadoutName[]];
