import { collecting, defineReadout } from '../kit/define-readout.js';
import { interpolationFigure } from './figure.js';
import { observeInterpolation } from './observe.js';
import { readInterpolation } from './read.js';
import { interpolationSchema, type InterpolationReadout } from './schema.js';
import { formatInterpolation } from './table.js';

export const readout = defineReadout({
  name: 'interpolation',
  title: 'what is said when thinking is cut short after k thoughts',
  source: 'Coconut (arXiv 2412.06769 v3), sections 4.1 and 4.2, figure 3',
  doesNotShow:
    'A model that was never asked for language after k thoughts (`uniform_prob` 0) may answer at once whatever its thoughts hold.',
  schema: interpolationSchema,
  options: ['maxNewTokens'],
  following: ({ decoding: { suffix, maxNewTokens } }) => suffix.length + maxNewTokens - 1,
  observe: (model, items, wording, { thoughts }) => observeInterpolation(model, items, wording, thoughts),
  begin: collecting(readInterpolation),
  table: formatInterpolation,
  figures: (result: InterpolationReadout) => ({ interpolation: interpolationFigure(result) }),
});
