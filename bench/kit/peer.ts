import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A PyTorch process that answers one JSON line per JSON line. */
export interface Peer {
  ask<T>(request: unknown): Promise<T>;
  close(): void;
}

/** Debian's torch takes whatever BLAS is installed; on the reference BLAS it is twenty times too slow to be a peer. */
const PROBE = "import torch; assert 'openblas' in open('/proc/self/maps').read()";

/**
 * Starts a script under Debian's python3-torch with the thread setting that was fastest on two cores.
 *
 * @returns undefined where python3 has no torch on OpenBLAS
 */
export async function startPeer(script: string, setup: unknown): Promise<Peer | undefined> {
  const environment = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '2' };
  const probe = spawn('/usr/bin/python3', ['-c', PROBE], { env: environment, stdio: 'ignore' });
  const answers = await new Promise<boolean>((resolve) => {
    probe.on('error', () => resolve(false));
    probe.on('exit', (code) => resolve(code === 0));
  });
  if (!answers) {
    process.stderr.write('no peer: apt-get install python3-torch libopenblas0-pthread\n');
    return undefined;
  }

  const python = spawn('/usr/bin/python3', [script], { env: environment, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines: AsyncIterator<string, undefined> = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
  python.stdin.write(`${JSON.stringify(setup)}\n`);
  return {
    async ask<T>(request: unknown) {
      python.stdin.write(`${JSON.stringify(request)}\n`);
      const line = await lines.next();
      if (line.done === true) throw new Error('the PyTorch peer stopped');
      return JSON.parse(line.value) as T;
    },
    close: () => python.stdin.end(),
  };
}
