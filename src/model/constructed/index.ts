export { constructedBfs, type ConstructedModel } from './constructed-bfs.js';
