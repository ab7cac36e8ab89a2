export type { Estimate } from './estimate.js';
