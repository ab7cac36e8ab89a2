#!/usr/bin/env node
import { availableParallelism } from 'node:os';
import { EXIT } from './exit-codes.js';
import { listenForInterrupts } from './interrupts.js';
import { runCli } from './run-cli.js';

const interrupts = listenForInterrupts();

// `coconut-lens frontier ... | head`: whoever read the output has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.ok);
  const reason = error.code ?? error.message;
  process.stderr.write(`coconut-lens: stdout: cannot be written (${reason}); free some space, or send it elsewhere\n`);
  process.exit(EXIT.failure);
});

// There is nobody left to tell; the exit code says how the command ended.
process.stderr.on('error', () => undefined);

// Node leaves when nothing is left to wait for. That a command waits all the same is a defect.
const leftEarly = (): void => {
  process.exitCode = EXIT.failure;
  process.stderr.write('coconut-lens: the command ended without a result; this is a defect of coconut-lens\n');
};
process.once('beforeExit', leftEarly);

void runCli(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal: interrupts.signal,
  threads: availableParallelism(),
}).then((code) => {
  process.removeListener('beforeExit', leftEarly);
  process.exitCode = code;
  // What was interrupted may have left work behind: nobody waits for it. Threads have ended by then.
  if (code === EXIT.interrupted) process.exit(interrupts.code);
});
