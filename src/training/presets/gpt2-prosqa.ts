/**
 * Coconut on ProsQA as published (arXiv 2412.06769, section 4 and facebookresearch/coconut, args/prosqa_coconut.yaml): GPT-2
 * fine-tuned on the English items, stages 0 to 6 of five epochs each and the last one to epoch 50, batches of 128,
 * AdamW anew with every epoch, and the dropout that GPT-2's configuration has and the official code leaves on (0.1).
 * Start it from GPT-2's weights (`--init-from`), with the training items.
 */
const stage = (number: number, epochs: number) => ({
  name: `stage ${number}`,
  stage: number,
  epochs,
  batchGraphs: 32,
  accumulate: 4,
  learningRate: 1e-4,
  resetEveryEpoch: true,
});

export const gpt2Prosqa = {
  method: 'coconut',
  wording: 'english',
  thoughts: { perStep: 1, stages: 6, padToMax: true },
  optimizer: { weightDecay: 0.01 },
  dropout: 0.1,
  phases: [...Array.from({ length: 6 }, (_, number) => stage(number, 5)), stage(6, 20)],
  validation: { questions: 300, every: 139 },
} as const;
