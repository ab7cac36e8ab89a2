// Writes fixtures/models/ from the built package: npm run build && node scripts/make-models.mjs
// The same bytes on every machine; tests/model/constructed/fixtures.test.ts compares them.
import { fileURLToPath } from 'node:url';
import { writeGpt2 } from '../dist/checkpoint/index.js';
import { constructedBfs, randomInit } from '../dist/model/constructed/index.js';

const MODELS = { 'constructed-bfs': constructedBfs, 'random-init': () => randomInit({}, 1) };

for (const [name, construct] of Object.entries(MODELS)) {
  const folder = fileURLToPath(new URL(`../fixtures/models/${name}`, import.meta.url));
  const sha256 = await writeGpt2(folder, construct());
  console.log(`fixtures/models/${name}: model.safetensors ${sha256}`);
}
