import { createRecorder } from '../../src/recording/recorder.js';
import { openRecording } from '../../src/recording/recording.js';
import { syntheticMetadata, syntheticRecord } from './synthetic.js';

/*
 * Records and reads back synthetic thoughts of GPT-2's width and prints the peak resident memory in bytes. Run as a
 * process of its own by memory.test.ts: node --expose-gc --max-semi-space-size=1 peak-memory.mjs FOLDER ITEMS
 *
 * Garbage is collected after every batch and V8's nursery is kept from growing, so that the peak shows what recorder and
 * reader hold, and not how long V8 puts off collecting: that alone is worth some 30 MB.
 */

const K = 6;
const D = 768;
const BATCH = 50;

function collectGarbage(): void {
  if (globalThis.gc === undefined) throw new Error('run with --expose-gc');
  globalThis.gc();
}

async function run(folder: string, count: number): Promise<number> {
  const recorder = await createRecorder(folder, syntheticMetadata(count, K, D));
  for (let first = 0; first < count; first += BATCH) {
    const batch = Array.from({ length: BATCH }, (_, i) => ({
      ...syntheticRecord(first + i, K, 1),
      thoughts: new Float32Array(K * D).fill(first + i),
    }));
    await recorder.write(batch);
    collectGarbage();
  }
  await recorder.finish();
  const recording = await openRecording(folder);
  let read = 0;
  for await (const record of recording.records()) {
    if (read % (BATCH * K * D) === 0) collectGarbage();
    read += record.thoughts.length;
  }
  if (read !== count * K * D) throw new Error(`read ${read} numbers`);
  return process.resourceUsage().maxRSS * 1024;
}

const [, , folder, count] = process.argv;
void run(folder, Number(count)).then((bytes) => console.log(bytes));
