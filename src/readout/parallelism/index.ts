import { collecting, defineReadout } from '../kit/define-readout.js';
import { READS_VALUES } from '../kit/value-readout.js';
import { parallelismFigure } from './figure.js';
import { readParallelism } from './read.js';
import { parallelismSchema, type ParallelismReadout } from './schema.js';
import { formatParallelism } from './table.js';

export const readout = defineReadout({
  ...READS_VALUES,
  name: 'parallelism',
  title: 'how much lies on the highest one, two and three candidates',
  source: 'Coconut (arXiv 2412.06769 v3), section 4.3, figure 6',
  doesNotShow: 'A narrow gap can come from few candidates as well as from a decided search; compare with `uniform`.',
  schema: parallelismSchema,
  begin: collecting(readParallelism),
  table: formatParallelism,
  figures: (result: ParallelismReadout) => ({
    parallelism: parallelismFigure(result),
    'parallelism-normalised': parallelismFigure(result, { scale: 'normalised' }),
  }),
});
