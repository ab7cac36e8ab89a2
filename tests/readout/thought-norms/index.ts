import { z } from 'zod';
import type { Item } from '../../../src/dataset/index.js';
import { chartFigure, formatMagnitude } from '../../../src/drawing/index.js';
import type { BootstrapOptions } from '../../../src/statistics/index.js';
import { collecting, defineReadout } from '../../../src/readout/kit/define-readout.js';
import { estimateTable, intervalLine } from '../../../src/readout/kit/estimate-table.js';
import { GraphEstimates } from '../../../src/readout/kit/graph-estimates.js';
import { range, readoutHead } from '../../../src/readout/kit/readout-result.js';
import { estimateSchema, headFields, thoughtSchema, type ResultOf } from '../../../src/readout/kit/schemas.js';

interface NormsObservation {
  readonly item: Item;
  /** [k] */
  readonly norms: readonly number[];
}

const schema = z.object({
  ...headFields('thought-norms'),
  perThought: z.array(z.object({ thought: thoughtSchema, norm: estimateSchema })),
});

type ThoughtNorms = ResultOf<typeof schema>;

function read(observations: readonly NormsObservation[], options: BootstrapOptions): ThoughtNorms {
  const found = new GraphEstimates();
  for (const { item, norms } of observations) {
    found.startItem(item);
    norms.forEach((norm, i) => found.addMean(String(i + 1), norm));
  }
  const estimate = found.estimates(options);
  return {
    ...readoutHead('thought-norms', found, options),
    perThought: range(observations[0].norms.length).map((i) => ({ thought: i + 1, norm: estimate(String(i + 1)) })),
  };
}

/** A readout of the tests' own, as a contributor would write one: the length of every thought. */
export const readout = defineReadout({
  name: 'thought-norms',
  title: 'the length of every thought',
  source: 'this test',
  doesNotShow: 'A long thought need not be a full one.',
  schema,
  following: () => 0,
  async observe(model, items, wording, { thoughts }) {
    const prompts = items.map((item) => wording.prompt(item));
    const { data } = (await model.run(prompts, { thoughts })).thoughts;
    const { nEmbd: width } = model.config;
    return items.map((item, row) => ({
      item,
      norms: range(thoughts).map((c) => {
        const at = (row * thoughts + c) * width;
        return Math.hypot(...data.subarray(at, at + width));
      }),
    }));
  },
  begin: collecting(read),
  table: (result: ThoughtNorms) =>
    [
      `Lengths of ${result.items} items' thoughts.`,
      intervalLine(result),
      estimateTable(result.perThought, { heading: ['c'], of: ({ thought }) => [String(thought)] }, [
        { heading: 'length', of: ({ norm }) => norm, format: formatMagnitude },
      ]),
    ].join('\n'),
  figures: ({ perThought }: ThoughtNorms) => ({
    'thought-norms': chartFigure({
      id: 'thought-norms',
      title: 'Lengths of thoughts',
      notes: [],
      description: 'Mean length of each thought.',
      columns: 1,
      columnNames: { panel: 'panel', x: 'thought', y: 'length' },
      panels: [
        {
          heading: '',
          x: { label: 'thought', domain: [0, perThought.length + 1] },
          y: { label: 'length', domain: [0, 100] },
          series: [
            {
              name: 'length',
              drawn: 'both',
              style: 0,
              points: perThought.map(({ thought, norm }) => ({ x: thought, ...norm })),
            },
          ],
        },
      ],
    }),
  }),
});
