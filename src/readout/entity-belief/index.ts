import { longestName } from '../../recording/index.js';
import { collecting, defineReadout } from '../kit/define-readout.js';
import { entityBeliefFigure } from './figure.js';
import { observeNames } from './observe.js';
import { readEntityBelief } from './read.js';
import { entityBeliefSchema, type EntityBeliefReadout } from './schema.js';
import { formatEntityBelief } from './table.js';

export const readout = defineReadout({
  name: 'entity-belief',
  title: 'how probable whole names are after each thought, by what they are to the next step',
  source: 'Illusion of Superposition? (arXiv 2604.06374)',
  doesNotShow:
    'Between thoughts no model was trained to say names: where the raw sum is small (`nodeMass`), the normalised shares are of what hardly is there.',
  schema: entityBeliefSchema,
  wholeNames: true,
  following: (wording, items) => longestName(items, wording) - 1,
  observe: (model, items, wording, { thoughts }) => observeNames(model, items, wording, thoughts),
  begin: collecting(readEntityBelief),
  table: formatEntityBelief,
  figures: (result: EntityBeliefReadout) => ({ 'entity-belief': entityBeliefFigure(result) }),
});
