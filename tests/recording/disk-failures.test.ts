import { existsSync, readdirSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LensError } from '../../src/errors.js';
import { createRecorder } from '../../src/recording/index.js';
import { OutputFile, type WriteBytes } from '../../src/recording/output-file.js';
import { batches, filesOf, recordAll, scratchFolder, syntheticMetadata, syntheticRecords } from './synthetic.js';

const ITEMS = 6;
const BATCH = 2;
const metadata = syntheticMetadata(ITEMS, 2, 3);
const records = syntheticRecords(ITEMS, 2, 3);

/** An uninterrupted recording, which no test changes. */
const original = scratchFolder();
beforeAll(() => recordAll(join(original.path, 'whole'), metadata, records, BATCH));
afterAll(original.dispose);

let scratch: ReturnType<typeof scratchFolder>;
let folder: string;

beforeEach(() => {
  scratch = scratchFolder();
  folder = join(scratch.path, 'recording');
});
afterEach(() => scratch.dispose());

const whole = (): Map<string, Buffer> => filesOf(join(original.path, 'whole'));

/** A disk with room for `capacity` bytes, which takes at most `most` of them at a time, as a real one may. */
function disk(capacity: number, most = Infinity): { readonly write: WriteBytes; readonly used: () => number } {
  let used = 0;
  return {
    write: (fd, bytes, offset, length, position) => {
      const count = Math.min(length, most, capacity - used);
      if (count === 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      used += count;
      return writeSync(fd, bytes, offset, count, position);
    },
    used: () => used,
  };
}

async function recordOn(write: WriteBytes): Promise<void> {
  const recorder = await createRecorder(folder, metadata, {}, write);
  for (const batch of batches(records, BATCH)) await recorder.write(batch);
  await recorder.finish();
}

describe('a full disk', () => {
  it('is one error that names the file, wherever it strikes, and leaves a recording to resume', async () => {
    const enough = disk(Infinity);
    await recordOn(enough.write);
    const total = enough.used();
    expect(filesOf(folder)).toEqual(whole());

    const struck = new Set<string>();
    // 17 places from the first byte to the last: heads, messages, bodies and footers of both files.
    for (let place = 0; place <= 16; place++) {
      const capacity = Math.floor((place / 16) * (total - 1));
      const again = join(scratch.path, `recording-${capacity}`);
      folder = again;
      const error: unknown = await recordOn(disk(capacity).write).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(LensError);
      const { message } = error as LensError;
      expect(message).toMatch(
        /(items\.arrow|thoughts\.arrow|batches\.sha256): could not be written \(ENOSPC: no space left on device\); free some space and run it again \(record and train: with --resume\)$/,
      );
      struck.add(message.includes('items.arrow') ? 'items' : 'thoughts');
      expect(existsSync(again)).toBe(false);
      await recordAll(again, metadata, records, BATCH, { resume: true });
      expect(filesOf(again)).toEqual(whole());
    }
    expect(struck).toEqual(new Set(['items', 'thoughts']));
  });

  it.skipIf(!existsSync('/dev/full'))(
    'is met as the system reports it (skipped where there is no /dev/full)',
    async () => {
      const file = await OutputFile.open('/dev/full');
      expect(() => file.write(new Uint8Array(8))).toThrow(
        '/dev/full: could not be written (ENOSPC: no space left on device); free some space and run it again (record and train: with --resume)',
      );
      await file.close();
    },
  );

  it('closes the recorder', async () => {
    const recorder = await createRecorder(folder, metadata, {}, disk(6000).write);
    await expect(recorder.write(records)).rejects.toThrow(LensError);
    await expect(recorder.finish()).rejects.toThrow('the recorder is closed');
    await recorder.abort();
    expect(readdirSync(scratch.path)).toEqual(['recording.partial']);
  });
});

describe('a disk', () => {
  it('may take a few bytes at a time', async () => {
    await recordOn(disk(Infinity, 7).write);
    expect(filesOf(folder)).toEqual(whole());
  });

  it('that takes nothing without an error does not hang the recorder', async () => {
    await expect(createRecorder(folder, metadata, {}, () => 0)).rejects.toThrow('the disk takes no more bytes');
  });

  it.skipIf(!existsSync('/proc/self'))(
    'that makes no folders is an error, not a wait for ever (skipped where there is no /proc)',
    async () => {
      await expect(createRecorder('/proc/coconut-lens/deep/recording', metadata)).rejects.toThrow(
        /recording\.partial: could not be made \(ENOENT: no such file or directory\); choose another place$/,
      );
    },
  );

  it('whose parent is a file is refused', async () => {
    writeFileSync(folder, '');
    await expect(createRecorder(join(folder, 'inner'), metadata)).rejects.toThrow(
      /inner: could not be .* \(ENOTDIR: not a directory\)/,
    );
    await expect(createRecorder(folder, metadata)).rejects.toThrow(/recording: is a file; choose another folder$/);
  });
});
