import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { sortTests, type ProjectName } from './tests/projects.js';

// A worker thread of `pure` cannot switch it off for the process (src/telemetry.ts).
process.env['ORT_DISABLE_TELEMETRY'] = '1';

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
      // One in each process: several ONNX Runtimes of two threads wait for each other by spinning, which on two cores
      // takes two to six times as much of the processor.
      env: { COCONUT_LENS_THREADS: '1' },
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
      // Processes, because tfjs keeps one global backend in each.
      project('engine', 1, {
        pool: 'forks',
        isolate: false,
        setupFiles: ['./tests/engine-of-a-user.ts'],
      }),
      project('outside', 2, { pool: 'forks' }),
    ],
  },
});
