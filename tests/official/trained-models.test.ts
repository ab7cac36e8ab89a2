import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { evaluateItems } from '../../src/accuracy/index.js';
import { chooseItems } from '../../src/cli/choose-items.js';
import { readItems } from '../../src/dataset/index.js';
import { loadCoconut } from '../../src/model/index.js';
import { symbolicWording } from '../../src/tokenizer/index.js';
import { OFFICIAL, officialAbsent } from '../dataset/official-file.js';

const folderOf = (name: string): string => fileURLToPath(new URL(`../../fixtures/models/${name}`, import.meta.url));

describe.skipIf(officialAbsent)(`trained models on the official items (skipped without ${OFFICIAL})`, () => {
  it.each([
    ['prosqa-coconut', 0.517, 1],
    ['prosqa-coconut-bfs', 0.443, 1],
    ['prosqa-pause', 0.523, 0.55],
  ])('%s answers as docs/results.md says, without thoughts and with six', async (name, without, withSix) => {
    const { items } = await readItems(OFFICIAL);
    const chosen = chooseItems({ items, path: OFFICIAL, sha256: '' }, { permuteIds: 1 });
    const model = await loadCoconut(folderOf(name));
    const results = await evaluateItems(model, chosen, symbolicWording, { counts: [0, 6], batchSize: 50 });
    model.dispose();
    const [none, six] = (results ?? []).map(({ shares }) => shares[1].value);
    // Two of 300. No two candidates' logits are nearer than 2e-4, which is far above float32 rounding of these models.
    expect(Math.abs(none - without)).toBeLessThan(0.01);
    expect(Math.abs(six - withSix)).toBeLessThan(0.01);
  });
});
