/**
 * What `full` leaves to be learned, started from its model: the same questions, eight of each graph instead of four (the
 * statements are most of the cost), at a steady and then a falling learning rate; then the targets at depth 4 and more,
 * which are the minority of a graph's questions and the majority of ProsQA's, and all targets once more.
 */
const phase = {
  stage: 6,
  uniformProb: 0.1,
  graphs: { nodes: 28 },
  batchGraphs: 24,
  batchQuestions: 8,
  randomOffsets: true,
} as const;

export const fullContinued = {
  method: 'coconut',
  thoughts: { perStep: 1, stages: 6, supervised: true },
  optimizer: { beta2: 0.99, maxNorm: 1, decay: 'matrices' },
  phases: [
    { name: 'eight questions', ...phase, steps: 1500, learningRate: 7e-4, warmup: 200 },
    { name: 'eight questions, decay', ...phase, steps: 4500, learningRate: 7e-4, decay: 'cosine' },
    {
      name: 'deeper targets',
      ...phase,
      graphs: { nodes: 28, minDepth: 4 },
      steps: 1000,
      learningRate: 5e-4,
      warmup: 100,
    },
    { name: 'all targets', ...phase, steps: 1300, learningRate: 5e-4, decay: 'cosine' },
  ],
} as const;
