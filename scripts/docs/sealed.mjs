// The sealed table as a page shows it: fixtures/results/sealed.jsonl, a row for each set of weights.
import { readFileSync } from 'node:fs';
import { table } from './table.mjs';

const FILE = new URL('../../fixtures/results/sealed.jsonl', import.meta.url);
const share = (x) => (x === null ? '' : x.toFixed(3).replace(/^0/, ''));

/** @param set the items' size */
export function sealedMarkdown(set) {
  const rows = readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .filter((row) => row.set === set);
  const depths = Object.keys(rows[0].byDepth);
  const head = ['model', 'weights', 'date', 'right', ...depths.map((depth) => `depth ${depth}`)];
  return table(
    [...head, 'no thoughts', 'kept: numbers', 'candidates', 'sentences'],
    rows.map((row) => [
      row.model,
      row.weights.slice(0, 8),
      row.date,
      share(row.right),
      ...depths.map((depth) => share(row.byDepth[depth])),
      share(row.withoutThoughts),
      row.numberings.map(({ kept }) => share(kept)).join(' '),
      share(row.swapped.kept),
      share(row.reordered.kept),
    ]),
  );
}
