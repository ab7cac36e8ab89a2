export { constructedBfs } from './constructed-bfs.js';
export type { ConstructedModel } from './constructed-model.js';
export { constructedFrontier } from './constructed-frontier.js';
export { constructedGreedy } from './constructed-greedy.js';
export { constructedDegree } from './constructed-degree.js';
