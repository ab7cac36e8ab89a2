import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writePiecesWhole } from '../src/write-file.js';
import { temporaryFolder } from './cli/support.js';

describe('writePiecesWhole', () => {
  const PIECE = 'ä'.repeat(1000);

  it('writes pieces while others are made, under another name until all are there', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'file');
    let largest = 0;
    function* pieces(): Generator<string> {
      for (let i = 0; i < 1000; i++) {
        const [draft] = readdirSync(folder);
        expect(draft).toMatch(new RegExp(`^\\.file\\.${process.pid}-\\d+\\.tmp$`));
        // What is made (2 bytes a letter) and not yet on the disk: it must not grow with the number of pieces.
        largest = Math.max(largest, i * 2000 - statSync(join(folder, draft)).size);
        yield PIECE;
      }
    }
    const sha256 = await writePiecesWhole(path, pieces());
    expect(largest).toBeLessThan(200_000);
    expect(readdirSync(folder)).toEqual(['file']);
    expect(readFileSync(path, 'utf8') === PIECE.repeat(1000)).toBe(true);
    expect(sha256).toBe(createHash('sha256').update(PIECE.repeat(1000)).digest('hex'));
  });

  it('passes on what making a piece throws, and leaves no file', async () => {
    const folder = temporaryFolder();
    function* pieces(): Generator<string> {
      yield PIECE;
      throw new RangeError('no more');
    }
    await expect(writePiecesWhole(join(folder, 'file'), pieces())).rejects.toThrow(new RangeError('no more'));
    expect(readdirSync(folder)).toEqual([]);
  });
});
