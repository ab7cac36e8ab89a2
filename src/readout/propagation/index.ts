import { followingOf } from '../../tokenizer/index.js';
import { collecting, defineReadout } from '../kit/define-readout.js';
import { propagationFigure } from './figure.js';
import { observePropagation } from './observe.js';
import { readPropagation } from './read.js';
import { propagationSchema, type PropagationReadout } from './schema.js';
import { formatPropagation } from './table.js';

export const readout = defineReadout({
  name: 'propagation',
  title: 'whether a node removed from a thought, or added, takes its children out of the next, or brings them',
  source: 'each thought expands the one before (arXiv 2505.12514), tested by single branches: not published elsewhere',
  doesNotShow:
    'A search that the LM head does not read shows nothing here, and one that is displayed and carried on may still decide no answer.',
  schema: propagationSchema,
  following: followingOf,
  observe: (model, items, wording, { thoughts }) => observePropagation(model, items, wording, thoughts),
  begin: collecting(readPropagation),
  table: formatPropagation,
  figures: (result: PropagationReadout) => ({ propagation: propagationFigure(result) }),
});
