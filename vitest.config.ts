import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { sortTests, type ProjectName } from './tests/projects.js';

const tests = sortTests(fileURLToPath(new URL('.', import.meta.url)));

/** One kind of tests, which runs after those of smaller `order`. */
function project(name: ProjectName, order: number, options: object): object {
  return {
    test: {
      name,
      include: tests[name],
      sequence: { groupOrder: order },
      // Generous: a limit only ends what hangs, machines are slow and shared.
      testTimeout: 120_000,
      hookTimeout: 120_000,
      ...options,
    },
  };
}

export default defineConfig({
  test: {
    // Reports are tested with the script of today's sources, whatever was built before.
    globalSetup: ['./tests/view/bundle-page.ts'],
    reporters: ['default', './tests/closing-line.ts'],
    maxWorkers: availableParallelism(),
    projects: [
      project('pure', 0, { pool: 'threads', isolate: false }),
      // Processes, because tfjs keeps one global backend in each; one thread each, because the threads of several ONNX
      // Runtimes wait for each other by spinning: on two cores the same tests took six times as much of the processor.
      project('engine', 1, {
        pool: 'forks',
        isolate: false,
        env: { COCONUT_LENS_THREADS: '1' },
        setupFiles: ['./tests/engine-of-a-user.ts'],
      }),
      project('outside', 2, { pool: 'forks' }),
    ],
  },
});
