export { WorkerPool, type JobOptions, type PoolOptions } from './pool.js';
export { defineWork, type JobContext, type Work, type Worker } from './work.js';
