/**
 * Two layers from scratch as published (arXiv 2505.12514 and its code): the symbolic items with three or four steps, node
 * numbers as in the items, AdamW 1e-4 with PyTorch's betas, weight decay 0.01, batches of 256, 25 epochs for each stage
 * and the last stage to epoch 300, dropout of 0.1. Its label after c thoughts is any node at depth c + 1 on a shortest
 * path; here it is the item's own path.
 */
const stage = (number: number, epochs: number) => ({
  name: `stage ${number}`,
  stage: number,
  epochs,
  uniformProb: 0.1,
  batchGraphs: 256,
  learningRate: 1e-4,
});

export const superposition2l = {
  method: 'coconut',
  model: { layers: 2, heads: 8, width: 768, positions: 256, deviation: 0.02 },
  thoughts: { perStep: 1, stages: 4, padToMax: false },
  optimizer: { weightDecay: 0.01 },
  dropout: 0.1,
  ids: 'item',
  phases: [...Array.from({ length: 4 }, (_, number) => stage(number, 25)), stage(4, 200)],
} as const;
