import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { formatItems, readItems } from '../../src/dataset/index.js';
import { tinyItem, tinyOfficial } from './tiny-item.js';

const folder = mkdtempSync(join(tmpdir(), 'lens-items-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('readItems', () => {
  it("returns the items, the path and the hash of the file's bytes", async () => {
    const path = file('one.json', formatItems([tinyItem]));
    // Python: sha256(json.dumps(items).encode())
    const expected = 'e770a57ba32c270c45fed8ed69dad1436b3716a1cc81bbc78191b169334eaf6b';
    expect(await readItems(path)).toEqual({ items: [tinyItem], sha256: expected, path });
  });

  it('names the file and the item that is malformed', async () => {
    const path = file('bad.json', JSON.stringify([tinyOfficial(), { ...tinyOfficial(), edges: [[0, 40]] }]));
    await expect(readItems(path)).rejects.toThrow(`${path} item 1: edges[0] names node 40, but there are 5 nodes`);
  });

  it('refuses what it cannot read', async () => {
    await expect(readItems(join(folder, 'none.json'))).rejects.toThrow('none.json: no such file; check the path');
    await expect(readItems(folder)).rejects.toThrow(`${folder}: a folder, not a file; name the JSON file in it`);
    const bytes = file('bytes.json', Uint8Array.of(0x5b, 0xff, 0x5d));
    await expect(readItems(bytes)).rejects.toThrow('bytes.json: not UTF-8 text');
  });

  it.skipIf(process.getuid?.() === 0)('refuses a file that it may not read (skipped for root, who may)', async () => {
    const path = file('secret.json', '[]');
    chmodSync(path, 0o000);
    await expect(readItems(path)).rejects.toThrow("not allowed to read it; check the file's permissions");
  });
});
