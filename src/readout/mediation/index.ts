import { followingOf } from '../../tokenizer/index.js';
import { collecting, defineReadout } from '../kit/define-readout.js';
import { mediationFigure } from './figure.js';
import { observeMediation } from './observe.js';
import { readMediation } from './read.js';
import { mediationSchema, type MediationReadout } from './schema.js';
import { formatMediation } from './table.js';

export const readout = defineReadout({
  name: 'mediation',
  title: 'which part of a thought turns the answer when it is patched: what is displayed, or the rest',
  source: 'edge swap by patching (arXiv 2609.35643), split by subspaces of the thought: not published elsewhere',
  doesNotShow:
    'Where the search is held says nothing of when it is made: an answer put into sight just before it is needed is carried by what is displayed.',
  schema: mediationSchema,
  following: followingOf,
  observe: (model, items, wording, { thoughts }) => observeMediation(model, items, wording, thoughts),
  begin: collecting(readMediation),
  table: formatMediation,
  figures: (result: MediationReadout) => ({ mediation: mediationFigure(result) }),
});
