import { collecting, defineReadout } from '../kit/define-readout.js';
import { READS_VALUES } from '../kit/value-readout.js';
import { heightFigure } from './figure.js';
import { readHeight } from './read.js';
import { heightSchema, type HeightReadout } from './schema.js';
import { formatHeight } from './table.js';

export const readout = defineReadout({
  ...READS_VALUES,
  name: 'height',
  title: 'values by height above the leaves, of nodes that lead to the target and others',
  source: 'Coconut (arXiv 2412.06769 v3), section 4.4, figures 5 and 7',
  doesNotShow:
    'Correct and incorrect nodes come from graphs of different sizes, where every node has less: a gap of a raw mean may be one of sizes.',
  schema: heightSchema,
  begin: collecting(readHeight),
  table: formatHeight,
  figures: (result: HeightReadout) => ({ height: heightFigure(result) }),
});
