// Runs command lines one after the other, as the program would, and says what each came to: bench/fuzz.ts gives them.
import { performance } from 'node:perf_hooks';
import { runCli } from '../../dist/cli/run-cli.js';

process.on('message', async (argv) => {
  let [stdout, stderr] = ['', ''];
  const started = performance.now();
  let code;
  try {
    code = await runCli(argv, {
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
      env: process.env,
      signal: new AbortController().signal,
      threads: 0,
    });
  } catch (error) {
    code = String(error?.stack ?? error);
  }
  // The largest that this process has ever been, in MiB.
  const memory = process.resourceUsage().maxRSS / 1024;
  const polluted = {}.polluted !== undefined;
  process.send({ code, stdout, stderr, memory, polluted, milliseconds: performance.now() - started });
});
