import { defineCommand } from '../command.js';
import { flag, nonEmpty } from '../flags.js';
import { provenance } from '../../provenance.js';

export const dataInspect = defineCommand({
  name: 'data inspect',
  summary: 'check a file of items and describe it: sizes, depths, chance levels, shortcuts',
  flags: { items: flag(nonEmpty(), 'items in the official ProsQA form', '<file.json>') },
  examples: ['data inspect --items fixtures/prosqa/demo.json'],
  abandoned: true,
  async run(flags, context) {
    const { inspectItems, readItems } = await import('../../dataset/index.js');
    const { inspectText } = await import('../inspect-text.js');
    const { tokenLengths } = await import('../inspect-tokens.js');
    const { items, path, sha256 } = await readItems(flags.items);
    const inspection = inspectItems(items);
    const tokens = await tokenLengths(items);
    return {
      json: {
        kind: 'data-inspect',
        ...provenance(context, {
          items: { path, sha256, count: items.length },
        }),
        inspection,
        tokens,
      },
      text: inspectText(path, inspection, tokens),
    };
  },
});
