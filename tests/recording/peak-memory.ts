import { createRecorder, openRecording } from '../../src/recording/index.js';
import { syntheticMetadata, syntheticRecord } from './synthetic.js';

/*
 * Records and reads back synthetic thoughts of GPT-2's width and prints the peak resident memory in bytes. Run as a
 * process of its own by memory.test.ts: node peak-memory.js FOLDER ITEMS
 */

const K = 6;
const D = 768;
const BATCH = 20;

async function run(folder: string, count: number): Promise<number> {
  const recorder = await createRecorder(folder, syntheticMetadata(count, K, D));
  for (let first = 0; first < count; first += BATCH) {
    await recorder.write(Array.from({ length: BATCH }, (_, i) => syntheticRecord(first + i, K, D)));
  }
  await recorder.finish();
  const recording = await openRecording(folder);
  let read = 0;
  for await (const record of recording.records()) read += record.thoughts.length;
  if (read !== count * K * D) throw new Error(`read ${read} numbers`);
  return process.resourceUsage().maxRSS * 1024;
}

const [, , folder, count] = process.argv;
void run(folder, Number(count)).then((bytes) => console.log(bytes));
