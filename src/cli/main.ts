#!/usr/bin/env node
import { availableParallelism } from 'node:os';
import { EXIT } from './exit-codes.js';
import { runCli } from './run-cli.js';

const interrupt = new AbortController();

// The first interrupt lets the batch in hand finish, so that it is kept. The second has nobody to handle it and ends the
// process at once: `process.exit` would end its threads in the middle of a native call, which aborts with a stack of C++.
process.once('SIGINT', () => interrupt.abort());

// `coconut-lens frontier ... | head`: whoever read the output has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.ok);
  const reason = error.code ?? error.message;
  process.stderr.write(`coconut-lens: stdout: cannot be written (${reason}); free some space, or send it elsewhere\n`);
  process.exit(EXIT.failure);
});

// There is nobody left to tell; the exit code says how the command ended.
process.stderr.on('error', () => undefined);

// A command that never comes to its end is a defect: Node leaves when nothing is left to wait for.
process.exitCode = EXIT.failure;

void runCli(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal: interrupt.signal,
  threads: availableParallelism(),
}).then((code) => {
  process.exitCode = code;
});
