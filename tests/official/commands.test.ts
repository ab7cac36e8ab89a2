import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, temporaryFolder, workbench } from '../cli/support.js';
import { OFFICIAL, officialAbsent } from '../dataset/official-file.js';

describe.skipIf(officialAbsent)(
  'constructed-bfs on the 300 official validation items (skipped where ../shared/data/prosqa is absent)',
  async () => {
    const { model } = await workbench(1);

    it('answers at least 99 % with 6 thoughts and about half with none', async () => {
      const argv = ['evaluate', '--model', model, '--items', OFFICIAL, '--thoughts', '0,6', '--json'];
      const { results } = JSON.parse((await cli(argv)).stdout) as {
        results: { vocabulary: { value: number }; candidates: { low: number; high: number; n: number } }[];
      };
      const [none, six] = results;
      expect(six.candidates.n).toBe(300);
      expect(six.vocabulary.value).toBeGreaterThanOrEqual(0.99);
      expect(none.candidates.low).toBeLessThan(0.5);
      expect(none.candidates.high).toBeGreaterThan(0.5);
    });

    it('holds every node within c hops above every other, at every thought', async () => {
      const out = join(temporaryFolder(), 'recording');
      expect((await cli(['record', '--model', model, '--items', OFFICIAL, '--out', out])).code).toBe(0);
      const { stdout } = await cli(['frontier', '--recording', out, '--resamples', '100', '--json']);
      const { readout } = JSON.parse(stdout) as {
        readout: {
          perThought: {
            auc: { contrast: string; withinGraph: { value: number; n: number }; pooled: { value: number } }[];
          }[];
        };
      };
      expect(readout.perThought).toHaveLength(6);
      for (const { auc } of readout.perThought) {
        for (const contrast of ['withinVsBeyond', 'withinVsNever']) {
          const found = auc.find((entry) => entry.contrast === contrast);
          expect(found?.withinGraph.n).toBe(300);
          expect(found?.withinGraph.value).toBeGreaterThanOrEqual(0.999);
          expect(found?.pooled.value).toBeGreaterThanOrEqual(0.999);
        }
      }
    });
  },
);
