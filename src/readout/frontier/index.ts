import { defineReadout } from '../kit/define-readout.js';
import { observeRecords, positionsOfValues } from '../kit/observe-values.js';
import { frontierFigure } from './figure.js';
import { beginFrontier } from './read.js';
import { frontierRows } from './rows.js';
import { frontierSchema, type FrontierReadout } from './schema.js';
import { formatAucTable, formatFrontierTable } from './table.js';

export const readout = defineReadout({
  name: 'frontier',
  title: 'what the thoughts hold of each node, against breadth-first search',
  source: 'Reasoning by Superposition (arXiv 2505.12514), section 5, with disjoint classes beside its groups',
  doesNotShow: 'What is read from a thought need not be used: the answer may not depend on it.',
  schema: frontierSchema,
  wholeNames: true,
  following: positionsOfValues,
  observe: (model, items, wording, { thoughts }) => observeRecords(model, items, wording, thoughts),
  ofRecord: (record) => record,
  begin: beginFrontier,
  table: (result) => [formatFrontierTable(result), formatAucTable(result)].join('\n'),
  rows: frontierRows,
  figures: (result: FrontierReadout) => ({ frontier: frontierFigure(result) }),
});
