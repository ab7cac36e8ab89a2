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
  it('finds the batches that lie wholly within the file, for every length of the file', async () => {
    const handle = await open(path, 'r');
    const { size } = await handle.stat();
    const whole = await scanArrowFile(handle);
    expect(whole.batches.map(({ rows }) => rows)).toEqual([4, 4, 2]);
    const ends = whole.batches.map(({ offset, metaDataLength, bodyLength }) => offset + metaDataLength + bodyLength);
    expect(whole.batches.map(({ offset }) => offset)).toEqual([whole.headLength, ends[0], ends[1]]);

    for (let length = size; length >= 0; length--) {
      truncateSync(path, length);
      const { headLength, batches } = await scanArrowFile(handle);
      expect(headLength).toBe(length < whole.headLength ? 0 : whole.headLength);
      expect(batches).toEqual(whole.batches.slice(0, ends.filter((end) => end <= length).length));
    }
    await handle.close();
  });
});
