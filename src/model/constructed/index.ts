export { constructedBfs } from './constructed-bfs.js';
export { constructedCopyThrough } from './constructed-copy-through.js';
export { constructedDegree } from './constructed-degree.js';
export { constructedElimination } from './constructed-elimination.js';
export { constructedFrontier } from './constructed-frontier.js';
export { constructedGreedy } from './constructed-greedy.js';
export type { ConstructedModel } from './constructed-model.js';
export { CONSTRUCTED, type Constructed, type ConstructedName } from './models.js';
export { randomInit, type RandomInitOptions } from './random-init.js';
