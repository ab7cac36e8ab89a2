#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { EXIT } from './exit-codes.js';
import { runCli } from './run-cli.js';

const interrupt = new AbortController();

// The first interrupt lets the batch in hand finish, so that it is kept; the second ends the process at once.
process.on('SIGINT', () => {
  if (interrupt.signal.aborted) process.exit(EXIT.interrupted);
  interrupt.abort();
});

// `coconut-lens frontier ... | head`: whoever read the output has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.ok);
  const reason = error.code ?? error.message;
  process.stderr.write(`coconut-lens: stdout: cannot be written (${reason}); free some space, or send it elsewhere\n`);
  process.exit(EXIT.failure);
});

// There is nobody left to tell; the exit code says how the command ended.
process.stderr.on('error', () => undefined);

void runCli(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal: interrupt.signal,
  program: fileURLToPath(import.meta.url),
}).then((code) => {
  process.exitCode = code;
});
