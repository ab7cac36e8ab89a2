import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Reports are tested with the script of today's sources, whatever was built before.
    globalSetup: ['./tests/view/bundle-page.ts'],
    // The engine is native and multi-threaded: one process per core at most, each test file in its own process,
    // because tfjs keeps one global backend per process.
    reporters: ['default', './tests/closing-line.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Generous: a limit only ends what hangs, machines are slow and shared.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
