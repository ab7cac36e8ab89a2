/**
 * ProsQA at full size, two cores, hours: first edges are recalled, then questions answered on graphs that grow from 8 to
 * 28 nodes; node numbers drawn anew for every graph, six thoughts, every thought supervised. The last phase asks what
 * ProsQA asks, with all stages mixed in, so that the model goes on in language after any number of thoughts.
 */
const shared = { batchQuestions: 4, randomOffsets: true } as const;
const small = { nodes: 12, minNodes: 8, minDepth: 3, maxDepth: 4, depthGap: 1 } as const;
const question = { stage: 6, learningRate: 1e-3, ...shared } as const;

export const full = {
  method: 'coconut',
  model: { layers: 2, heads: 4, width: 192, positions: 192, deviation: 0.065, previousTokenHeads: 2 },
  thoughts: { perStep: 1, stages: 6, supervised: true },
  optimizer: { beta2: 0.99, maxNorm: 1, decay: 'matrices' },
  phases: [
    {
      name: 'recall on tiny graphs',
      task: 'recall',
      graphs: { nodes: 7, minNodes: 4, minDepth: 1, questions: 'one' },
      ...shared,
      batchGraphs: 32,
      steps: 3000,
      learningRate: 1.5e-3,
      warmup: 100,
      until: 0.98,
    },
    {
      name: 'recall',
      task: 'recall',
      graphs: { ...small, minDepth: 1, maxDepth: 6, questions: 'one' },
      ...shared,
      batchGraphs: 32,
      steps: 1500,
      learningRate: 1.5e-3,
      until: 0.99,
    },
    {
      name: 'small graphs',
      graphs: small,
      ...question,
      batchGraphs: 32,
      steps: 3000,
      warmup: 200,
      resetOptimizer: true,
    },
    {
      name: 'larger graphs',
      graphs: { nodes: 18, minNodes: 10, minDepth: 3, maxDepth: 5, depthGap: 2 },
      ...question,
      batchGraphs: 32,
      steps: 3000,
    },
    { name: 'full size', graphs: { nodes: 28 }, ...question, batchGraphs: 24, steps: 5000 },
    {
      name: 'all stages',
      graphs: { nodes: 28 },
      ...question,
      uniformProb: 0.1,
      batchGraphs: 24,
      steps: 3000,
      decay: 'cosine',
    },
  ],
} as const;
