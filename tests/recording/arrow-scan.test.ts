import { truncateSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scanArrowFile } from '../../src/recording/arrow-scan.js';
import { recordAll, scratchFolder, syntheticMetadata, syntheticRecords } from './synthetic.js';

let scratch: ReturnType<typeof scratchFolder>;
let path: string;

beforeEach(async () => {
  scratch = scratchFolder();
  const folder = join(scratch.path, 'recording');
  await recordAll(folder, syntheticMetadata(5, 2, 3), syntheticRecords(5, 2, 3), 2);
  path = join(folder, 'thoughts.arrow');
});
afterEach(() => scratch.dispose());

describe('scanArrowFile', () => {
  it('finds the batches that lie wholly within the file, wherever it breaks off', async () => {
    const handle = await open(path, 'r');
    const { size } = await handle.stat();
    const whole = await scanArrowFile(handle);
    expect(whole.batches.map(({ rows }) => rows)).toEqual([4, 4, 2]);
    const ends = whole.batches.map(({ offset, metaDataLength, bodyLength }) => offset + metaDataLength + bodyLength);
    expect(whole.batches.map(({ offset }) => offset)).toEqual([whole.headLength, ends[0], ends[1]]);

    // Every 13th length, and those around each place where something ends.
    const lengths = Array.from({ length: Math.ceil(size / 13) }, (_, i) => 13 * i);
    for (const end of [8, whole.headLength, ...ends]) lengths.push(end - 1, end, end + 1);
    for (const length of lengths.sort((a, b) => b - a)) {
      truncateSync(path, length);
      const { headLength, batches } = await scanArrowFile(handle);
      expect(headLength).toBe(length < whole.headLength ? 0 : whole.headLength);
      expect(batches).toEqual(whole.batches.slice(0, ends.filter((end) => end <= length).length));
    }
    await handle.close();
  });

  it('finds nothing in a file that does not begin as an Arrow file', async () => {
    const handle = await open(path, 'r+');
    await handle.write(Buffer.from('a'), 0, 1, 0);
    expect(await scanArrowFile(handle)).toEqual({ headLength: 0, batches: [], isFinished: false });
    await handle.close();
  });
});
