import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PREDICTION_IDS } from '../../src/claim/prediction.js';
import { PREDICTIONS } from '../../src/claim/predictions/index.js';
import { THRESHOLDS } from '../../src/claim/thresholds.js';

const page = readFileSync(new URL('../../docs/battery.md', import.meta.url), 'utf8');

describe('docs/battery.md', () => {
  it.each(PREDICTIONS.map((prediction) => [prediction.id, prediction] as const))(
    'says of %s what it predicts, what falsifies it and what it does not show',
    (id, { title, predicts, falsifiedBy, doesNotShow }) => {
      const section = page.split('\n### ').find((part) => part.startsWith(`${id} ${title}\n`));
      for (const words of [predicts, falsifiedBy, doesNotShow]) expect(section).toContain(words);
    },
  );

  it.each(Object.entries(THRESHOLDS))('has the threshold %s with its reason', (name, { support, contradict, why }) => {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` `));
    const cells = row?.split('|').map((cell) => cell.trim());
    expect(cells?.slice(2, 5)).toEqual([String(support), String(contradict), why]);
  });

  it('has every test, in order', () => {
    expect(PREDICTIONS.map(({ id }) => id)).toEqual([...PREDICTION_IDS]);
  });
});
