import { z } from 'zod';
import { defineCommand } from '../command.js';
import { flag } from '../flags.js';

export const dataInspect = defineCommand({
  name: 'data inspect',
  summary: 'check a file of items and describe it: sizes, depths, chance levels, shortcuts',
  flags: { items: flag(z.string(), 'items in the official ProsQA form', '<file.json>') },
  examples: ['data inspect --items fixtures/prosqa/demo.json'],
  async run({ items: path }) {
    const { inspectItems, readItems } = await import('../../dataset/index.js');
    const { inspectText } = await import('../inspect-text.js');
    const { items, sha256 } = await readItems(path);
    const inspection = inspectItems(items);
    return {
      json: { kind: 'data-inspect', path, sha256, ...inspection },
      text: inspectText(path, inspection),
    };
  },
});
