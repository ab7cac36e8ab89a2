import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { drawBatteryItems } from '../../src/claim/index.js';
import { trainedGraphs } from '../../src/training/index.js';
import { temporaryFolder } from '../checkpoint/files.js';

const model = (name: string): string => fileURLToPath(new URL(`../../fixtures/models/${name}`, import.meta.url));

describe('trainedGraphs', () => {
  it('are those of the last questions that a model was trained on', async () => {
    const sizes = { nodes: 12, minNodes: 8, minDepth: 3, maxDepth: 4, depthGap: 1, questions: 'all' };
    expect(await trainedGraphs(model('prosqa-small-coconut'))).toEqual(sizes);
    const full = { nodes: 28, minNodes: 0, minDepth: 3, maxDepth: 6, questions: 'all', balanced: true };
    expect(await trainedGraphs(model('prosqa-coconut'))).toEqual(full);
  });

  it('are not known of a model built by hand, or where the file is somebody else’s or damaged', async () => {
    const folder = temporaryFolder();
    expect(await trainedGraphs(model('constructed-bfs'))).toBeUndefined();
    expect(await trainedGraphs(join(folder, 'missing'))).toBeUndefined();
    for (const text of ['{', '[]', '{"config": {"phases": 3}}', '['.repeat(20_000) + ']'.repeat(20_000)]) {
      writeFileSync(join(folder, 'training.json'), text);
      expect(await trainedGraphs(folder)).toBeUndefined();
    }
    copyFileSync(join(model('prosqa-small-pause'), 'training.json'), join(folder, 'training.json'));
    expect(await trainedGraphs(folder)).toMatchObject({ nodes: 12, maxDepth: 4 });
  });

  it('are what fresh items are drawn in; the official sizes give the items they gave', () => {
    for (const item of drawBatteryItems(0, 20, { nodes: 12, minNodes: 8, maxDepth: 4 }))
      expect(item.names.length).toBeLessThanOrEqual(12);
    const official = { nodes: 28, minNodes: 0, minDepth: 3, maxDepth: 6, depthGap: Infinity };
    expect(drawBatteryItems(0, 5, official)).toEqual(drawBatteryItems(0, 5));
  });
});
