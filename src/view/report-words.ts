/** What a reader must not conclude from this report alone. */
export const DOES_NOT_SHOW: readonly (readonly [claim: string, why: string])[] = [
  [
    'That the model uses its thoughts.',
    'Everything here is read; nothing is changed. A thought can hold the frontier while the answer is computed elsewhere. Only interventions (removing, replacing, exchanging thoughts) tell.',
  ],
  [
    'That thoughts are needed for it.',
    'The same tables for matched controls (no thoughts, pause tokens, a random initialisation, other curricula) are not in this report. In the original Coconut paper such controls reach the same accuracy on ProsQA.',
  ],
  [
    'That a right answer came from search.',
    'On the official validation and test items, discarding the candidate that the other root reaches within three edges is right 98.6 % of the time, and choosing the candidate of lower in-degree 66 %.',
  ],
  [
    'That depth alone separates the groups.',
    'Nodes of different depth also differ in degree and, in the official files, in number: node numbers follow the order of creation. The AUC inside a graph removes differences between graphs, not these.',
  ],
  [
    'How another training run would come out.',
    'The intervals cover the choice of graphs only, not the seed or the data order of the training, and are not adjusted for the number of cells.',
  ],
];
