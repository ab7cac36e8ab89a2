import { beforeAll } from 'vitest';
import { useEngine } from '../src/tensor/index.js';

// Test files share a process: each begins with the engine that a user gets, whichever the one before has left.
beforeAll(async () => {
  await useEngine();
});
