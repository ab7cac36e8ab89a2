/**
 * Small graphs, two cores, under an hour: graphs of ProsQA's kind with 8 to 12 nodes, decoys as deep as targets, node
 * numbers drawn anew, four thoughts. First edges are recalled, then questions answered; every thought is supervised, and
 * the last phase mixes in all earlier stages, so that the model goes on in language after any number of thoughts.
 */
const questions = { nodes: 12, minNodes: 8, minDepth: 3, maxDepth: 4, depthGap: 1 };
const batch = { batchGraphs: 32, batchQuestions: 4, randomOffsets: true };

export const small = {
  method: 'coconut',
  model: { layers: 2, heads: 4, width: 128, positions: 96, deviation: 0.08, previousTokenHeads: 2 },
  thoughts: { perStep: 1, stages: 4, supervised: true },
  optimizer: { beta2: 0.99, maxNorm: 1, decay: 'matrices' },
  phases: [
    {
      name: 'recall on tiny graphs',
      task: 'recall',
      graphs: { nodes: 7, minNodes: 4, minDepth: 1, questions: 'one' },
      ...batch,
      steps: 2000,
      learningRate: 1.5e-3,
      warmup: 100,
      until: 0.98,
    },
    {
      name: 'recall',
      task: 'recall',
      graphs: { ...questions, minDepth: 1, maxDepth: 6, questions: 'one' },
      ...batch,
      steps: 1000,
      learningRate: 1.5e-3,
      until: 0.99,
    },
    {
      name: 'questions',
      stage: 4,
      graphs: questions,
      ...batch,
      steps: 10_000,
      learningRate: 1e-3,
      warmup: 200,
      resetOptimizer: true,
    },
    {
      name: 'all stages',
      stage: 4,
      uniformProb: 0.1,
      graphs: questions,
      ...batch,
      steps: 3000,
      learningRate: 1e-3,
      decay: 'cosine',
    },
  ],
} as const;
