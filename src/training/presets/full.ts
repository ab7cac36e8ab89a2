/**
 * ProsQA at full size, two cores, under two hours: first edges are recalled, then questions answered on graphs that grow from 8 to
 * 28 nodes, targets at every depth as often; node numbers drawn anew for every graph, six thoughts, every thought supervised. At full size
 * all stages are mixed in, so that the model goes on in language after any number of thoughts.
 */
const recall = {
  task: 'recall',
  batchGraphs: 32,
  batchQuestions: 4,
  randomOffsets: true,
  learningRate: 1.5e-3,
} as const;
const small = { nodes: 12, minNodes: 8, depthGap: 1 } as const;
const question = { stage: 6, learningRate: 1e-3 } as const;
const fullSize = {
  ...question,
  uniformProb: 0.1,
  graphs: { nodes: 28, minDepth: 3, maxDepth: 6, balanced: true },
  batchGraphs: 24,
  batchQuestions: 8,
} as const;

export const full = {
  method: 'coconut',
  model: { layers: 2, heads: 4, width: 192, positions: 192, deviation: 0.065, previousTokenHeads: 2 },
  thoughts: { perStep: 1, stages: 6, supervised: true },
  optimizer: { beta2: 0.99, maxNorm: 1, decay: 'matrices', matrices: 'muon' },
  phases: [
    {
      name: 'recall on tiny graphs',
      ...recall,
      graphs: { nodes: 7, minNodes: 4, minDepth: 1, questions: 'one' },
      steps: 2000,
      warmup: 100,
      until: 0.98,
    },
    {
      name: 'recall',
      ...recall,
      graphs: { ...small, minDepth: 1, maxDepth: 6, questions: 'one' },
      steps: 1500,
      until: 0.99,
    },
    {
      name: 'small graphs',
      ...question,
      graphs: { ...small, minDepth: 3, maxDepth: 4, balanced: true },
      batchGraphs: 32,
      batchQuestions: 4,
      steps: 1000,
      warmup: 100,
      resetOptimizer: true,
    },
    {
      name: 'larger graphs',
      ...question,
      graphs: { nodes: 18, minNodes: 10, minDepth: 3, maxDepth: 5, depthGap: 2, balanced: true },
      batchGraphs: 24,
      batchQuestions: 8,
      steps: 1000,
    },
    { name: 'full size', ...fullSize, steps: 1500 },
    { name: 'full size, decay', ...fullSize, steps: 6000, decay: 'cosine' },
  ],
  validation: { questions: 400, every: 250 },
  checkpointEvery: 250,
} as const;
