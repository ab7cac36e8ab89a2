import { extname } from 'node:path';
import { z } from 'zod';
import { didYouMean } from '../../did-you-mean.js';
import { LensError } from '../../errors.js';
import { defineCommand } from '../command.js';
import { flag, nonEmpty } from '../flags.js';

const FORMS = ['.svg', '.png', '.csv', '.json'];

export const exportCommand = defineCommand({
  name: 'export',
  summary: 'write a figure of a result as SVG, PNG, CSV or JSON',
  positional: 'file',
  flags: {
    file: flag(nonEmpty(), 'what claim, calibrate, readout or frontier wrote, or a metrics.jsonl', '<file>'),
    figure: flag(nonEmpty().optional(), 'which of its figures; default: the first', '<name>'),
    out: flag(nonEmpty().optional(), 'file to write; its ending says the form: .svg, .png, .csv, .json', '<file>'),
    list: flag(z.boolean().default(false), 'name the figures of the result and write nothing'),
  },
  examples: ['export out/claim.json --figure forest --out out/forest.png', 'export out/claim.json --list'],
  abandoned: true,
  async run({ file, figure: wanted, out, list }) {
    const [{ figuresOf }, { readTextFile }, { checkOutputs, writeBytesWhole, writeFileWhole }, { figureCsv }] =
      await Promise.all([
        import('../../lens/index.js'),
        import('../../read-json-file.js'),
        import('../../write-file.js'),
        import('../../drawing/index.js'),
      ]);
    if (!list && out === undefined) throw new LensError('--out', 'is missing', 'name a file, or pass --list', 'usage');
    const form = out === undefined ? '' : extname(out).toLowerCase();
    if (out !== undefined && !FORMS.includes(form))
      throw new LensError('--out', `has no ending that is known (${out})`, `end it in ${FORMS.join(', ')}`, 'usage');
    await checkOutputs(out);
    const { kind, figures } = await figuresOf(file, await readTextFile(file));
    const names = [...figures.keys()];
    if (list || out === undefined)
      return { json: { kind: 'figures', of: kind, figures: names }, text: names.join('\n') };
    const name = wanted ?? names[0];
    const figure = figures.get(name);
    if (figure === undefined)
      throw new LensError(
        '--figure',
        `${file} has no such figure (${name})`,
        `give one of ${names.join(', ')}${didYouMean(name, names)}`,
        'usage',
      );
    if (form === '.png') {
      const { svgPng } = await import('../svg-png.js');
      await writeBytesWhole(out, await svgPng(figure.svg()));
    } else if (form === '.svg') await writeFileWhole(out, `${figure.svg()}\n`);
    else if (form === '.csv') await writeFileWhole(out, figureCsv(figure.data()));
    else await writeFileWhole(out, `${JSON.stringify(figure.data(), null, 2)}\n`);
    return { json: { kind: 'export', out, figure: name, of: kind }, text: out };
  },
});
