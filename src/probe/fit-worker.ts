// A thread that cross-fits node probes: `WorkerFits` starts it and talks to it.
import { parentPort, workerData } from 'node:worker_threads';
import { useEngine } from '../tensor/index.js';
import type { CrossFit } from './cross-fit.js';
import type { Design } from './design.js';
import { LocalFits, type FitSetup } from './local-fits.js';

/** One fit; the design comes with the first fit of its thought. */
export interface FitRequest {
  readonly thought: number;
  readonly design: Design | undefined;
  readonly labels: Int8Array;
}

/** What comes back. */
export type FitReply = { readonly fit: CrossFit } | { readonly error: Error };

const engine = useEngine('onnxruntime');
const fits = new LocalFits(workerData as FitSetup);
const designs = new Map<number, Design>();

parentPort?.on('message', ({ thought, design, labels }: FitRequest) => {
  void answer(thought, design, labels).then((reply) => parentPort?.postMessage(reply));
});

async function answer(thought: number, sent: Design | undefined, labels: Int8Array): Promise<FitReply> {
  try {
    await engine;
    const design = sent ?? designs.get(thought);
    if (design === undefined) throw new Error(`thought ${thought} was never sent`);
    designs.set(thought, design);
    return { fit: await fits.fit(thought, design, labels) };
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}
