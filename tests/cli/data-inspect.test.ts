import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tokenLengths } from '../../src/cli/inspect-tokens.js';
import { readItems } from '../../src/dataset/index.js';
import { OFFICIAL, officialAbsent } from '../dataset/official-file.js';
import { tinyItem, tinyOfficial } from '../dataset/tiny-item.js';
import { cli, temporaryFolder } from './support.js';

describe('data inspect', () => {
  it('prints every statistic of literature.md 5.4 and 5.5', async () => {
    const items = join(temporaryFolder(), 'items.json');
    writeFileSync(items, JSON.stringify([tinyOfficial()]));
    const { stdout } = await cli(['data', 'inspect', '--items', items]);
    const rows = stdout.split('\n').map((line) => line.replace(/ {2,}/g, '  '));
    // Tom 0 -> 2 -> 3 (target); Alex 1 -> 4 (decoy).
    expect(rows.slice(0, 18)).toEqual([
      `${items}: 1 item`,
      '',
      'nodes per item  5.00 ± 0.00  [5, 5]',
      'edges per item  3.00 ± 0.00  [3, 3]',
      'reachable from the root  3.00 ± 0.00  [3, 3]  (the root included)',
      'entities  2.00 ± 0.00  2:1',
      'depth of the target  2.00 ± 0.00  2:1',
      'depth of the decoy  1.00 ± 0.00  1:1  (from the other root)',
      'shortest paths  1.00 ± 0.00  1:1',
      'deepest reachable node  2.00 ± 0.00  2:1',
      'in-degree of the target  1.00 ± 0.00  1:1',
      'in-degree of the decoy  1.00 ± 0.00  1:1',
      'out-degree of the root  1.00 ± 0.00  1:1',
      'number of the root  0.00 ± 0.00  0:1',
      'target named first  0 of 1',
      'in-degree  0:0.400  1:0.600  (shares of 5 nodes)',
      'out-degree  0:0.400  1:0.600  (shares of 5 nodes)',
      'nodes by root  root only 0.60, other only 0.40, both 0.00, neither 0.00',
    ]);
    for (const row of ['the question', 'the steps', 'the answer', 'all three']) {
      expect(stdout).toMatch(new RegExp(`GPT-2 tokens of ${row} +[0-9.]+ ± 0.00 +\\[`));
    }
    expect(stdout).toMatch(/GPT-2 tokens of a concept +1 name of 2, 2 names of 3\n/);
    expect(stdout).toContain('Frontier by depth');
  });

  it('gives the mean and the deviation of a histogram over its items', async () => {
    const items = join(temporaryFolder(), 'items.json');
    // Two items whose target is at the depth 1 and 2: mean 1.5, deviation (n - 1) .71.
    const near = {
      ...tinyOfficial(),
      question: 'Every bompus is a felpus. Alex is a dumpus. Tom is a felpus. Is Tom a dumpus or felpus?',
      steps: ['Tom is a felpus.'],
      edges: [
        [0, 3],
        [2, 3],
        [1, 4],
      ],
    };
    const question = near.question.replace('Every bompus', 'bompus');
    writeFileSync(items, JSON.stringify([tinyOfficial(), { ...near, question }]));
    const { stdout } = await cli(['data', 'inspect', '--items', items]);
    expect(stdout).toMatch(/depth of the target +1\.50 ± 0\.71 {2}1:1 {2}2:1\n/);
  });
});

describe('tokenLengths', () => {
  it('counts what Coconut puts together', async () => {
    const { question, steps, answer, sequence, concepts } = await tokenLengths([tinyItem]);
    expect(sequence.mean).toBe(question.mean + steps.mean + answer.mean);
    // " dump" "us"; " b" "omp" "us" and " f" "el" "pus", which are no words
    expect(concepts).toEqual([
      [2, 1],
      [3, 2],
    ]);
    expect(await tokenLengths([{ ...tinyItem, path: [] }])).toMatchObject({ steps: { mean: 0 } });
  });

  it.skipIf(officialAbsent)('has the published numbers (skipped where ../shared/data/prosqa is absent)', async () => {
    const { question, steps, answer, concepts } = await tokenLengths((await readItems(OFFICIAL)).items);
    // literature.md 5.5 for this file: question 362 +- 57 [210, 525]; 39.7 and 9.2 are of all 800 items.
    expect([question.min, question.max]).toEqual([210, 525]);
    expect(question.mean).toBeCloseTo(362, 0);
    expect(Math.abs(steps.mean - 39.7)).toBeLessThan(1);
    expect(answer.mean).toBeCloseTo(9.2, 1);
    expect(concepts).toEqual([
      [2, 2],
      [3, 30],
      [4, 6],
    ]);
  });
});
