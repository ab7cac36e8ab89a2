import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeGpt2 } from '../../../src/checkpoint/index.js';
import { constructedBfs, randomInit } from '../../../src/model/constructed/index.js';

it.each([
  ['constructed-bfs', constructedBfs()],
  ['random-init', randomInit({}, 1)],
])('%s is the committed fixture, byte for byte', async (name, model) => {
  const folder = await mkdtemp(join(tmpdir(), 'constructed-'));
  try {
    await writeGpt2(folder, model);
    for (const file of ['config.json', 'model.safetensors']) {
      const [built, committed] = await Promise.all([
        readFile(join(folder, file)),
        readFile(join('fixtures/models', name, file)),
      ]);
      expect(built.equals(committed), `${file} differs: run npm run fixtures`).toBe(true);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
