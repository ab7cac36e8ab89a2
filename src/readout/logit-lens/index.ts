import { collecting, defineReadout } from '../kit/define-readout.js';
import { logitLensFigure, logitLensMassFigure } from './figure.js';
import { observeLogitLens } from './observe.js';
import { readLogitLens } from './read.js';
import { logitLensSchema, type LogitLensReadout } from './schema.js';
import { formatLogitLens } from './table.js';

export const readout = defineReadout({
  name: 'logit-lens',
  title: 'what every layer says of the frontier, at each thought',
  source: 'nostalgebraist 2020; on Coconut Illusion of Superposition? (arXiv 2604.06374)',
  doesNotShow: 'A layer that writes in other directions than the head reads looks empty.',
  schema: logitLensSchema,
  following: () => 0,
  observe: (model, items, wording, { thoughts }) => observeLogitLens(model, items, wording, thoughts),
  begin: collecting(readLogitLens),
  table: formatLogitLens,
  figures: (result: LogitLensReadout) => ({
    'logit-lens': logitLensFigure(result),
    'logit-lens-gap': logitLensFigure(result, { id: 'logit-lens-gap', quantity: 'logitGap' }),
    'logit-lens-mass': logitLensMassFigure(result),
  }),
});
