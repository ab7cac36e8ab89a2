import { formatFraction } from '../../drawing/index.js';
import { estimateNotes, estimateTable, intervalLine } from '../kit/estimate-table.js';
import { alignColumns } from '../../align-columns.js';
import { valueLine } from '../kit/value-line.js';
import type { ParallelismAfter, ParallelismReadout, ParallelismScale } from './schema.js';

const SHOWN = [5, 25, 50, 75, 95];

/** Plain text. */
export function formatParallelism(result: ParallelismReadout): string {
  const { perThought, items, graphs, percentiles } = result;
  const labels = { heading: ['c'], of: ({ thought }: ParallelismAfter) => [String(thought)] };
  const table = (of: (row: ParallelismAfter) => ParallelismScale): string =>
    estimateTable(perThought, labels, [
      { heading: 'top 1', of: (row) => of(row).top1, format: formatFraction },
      { heading: 'top 1-2', of: (row) => of(row).top2, format: formatFraction },
      { heading: 'top 1-3', of: (row) => of(row).top3, format: formatFraction },
      { heading: 'second', of: (row) => of(row).second, format: formatFraction },
      { heading: 'third', of: (row) => of(row).third, format: formatFraction },
    ]);
  const curves = perThought.flatMap(({ thought, raw }) =>
    (['top1', 'top2', 'top3'] as const).map((name) => [
      name.replace('top', 'top 1-').replace('1-1', '1'),
      String(thought),
      String(raw[name].n),
      ...SHOWN.map((percent) => {
        const value = raw.curves[name][percentiles.indexOf(percent)];
        return value === null ? '-' : formatFraction(value);
      }),
    ]),
  );
  return [
    `Parallelism (arXiv 2412.06769, figure 6): ${items} items, ${graphs} graphs.`,
    valueLine(result.scorer),
    'Candidates after c thoughts: the nodes at depth c; their values sorted within each item.',
    intervalLine(result),
    '',
    'Raw values of the highest candidates together, mean over items; second and third: over items that have so many',
    table(({ raw }) => raw),
    '',
    'Over the sum of the candidates’ values',
    table(({ normalised }) => normalised),
    '',
    'What an even thought would give there',
    estimateTable(perThought, labels, [
      { heading: 'top 1', of: ({ uniform }) => uniform.top1, format: formatFraction },
      { heading: 'second', of: ({ uniform }) => uniform.second, format: formatFraction },
      { heading: 'third', of: ({ uniform }) => uniform.third, format: formatFraction },
    ]),
    '',
    'The curves: raw values at percentiles of the items',
    alignColumns([['curve', 'c', 'n', ...SHOWN.map((percent) => `${percent} %`)], ...curves], 1),
    '',
    ...estimateNotes(perThought.flatMap(({ raw, uniform }) => [raw.top1, raw.second, uniform.top1])),
  ].join('\n');
}
