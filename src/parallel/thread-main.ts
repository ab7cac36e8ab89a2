// What runs in a thread of a pool: `Thread` starts it and talks to it.
import { parentPort, workerData } from 'node:worker_threads';
import type { FromThread, ThreadData, ToThread } from './messages.js';
import { sendError } from './sent-error.js';
import { ThisThread } from './this-thread.js';
import type { Work } from './work.js';

const { url, setup } = workerData as ThreadData<unknown>;
const seat = import(url).then(
  ({ default: work }: { default: Work<unknown, unknown, unknown> }) => new ThisThread(work, setup),
);
// Where the work does not start, each job says why.
seat.catch(() => undefined);

parentPort?.on('message', (request: ToThread<unknown>) => {
  void (request === 'close' ? close() : run(request.input));
});

async function run(input: unknown): Promise<void> {
  try {
    reply({ output: await (await seat).run(input, (completed) => reply({ completed })) });
  } catch (error) {
    reply({ error: sendError(error) });
  }
}

/** The thread ends when nothing is left for it to do; `terminate` would end the process in the middle of a native call. */
async function close(): Promise<void> {
  try {
    await (await seat).close();
  } catch {
    // Nobody waits for anything any more.
  } finally {
    parentPort?.close();
  }
}

function reply(message: FromThread<unknown>): void {
  parentPort?.postMessage(message);
}
