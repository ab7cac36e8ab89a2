import { relative, resolve } from 'node:path';
import { z } from 'zod';
import { LensError } from '../../errors.js';
import { plural } from '../../plural.js';
import { alignColumns } from '../../align-columns.js';
import { defineCommand } from '../command.js';
import { thisMachine } from '../doctor/machine.js';
import { userFolders } from '../doctor/tslab.js';
import { flag, nonEmpty } from '../flags.js';

const DATA = 'out/jupyter';

export const notebook = defineCommand({
  name: 'notebook',
  summary: 'set up Jupyter for the notebooks, and say how to open and how to execute them',
  flags: {
    dir: flag(nonEmpty().optional(), `folder of Jupyter data to write the kernel to (default: "${DATA}")`, '<dir>'),
    user: flag(z.boolean().default(false), 'write it to your own Jupyter data'),
    notebooks: flag(
      nonEmpty().default('notebooks'),
      'folder of the notebooks; those that it does not have are copied there',
      '<dir>',
    ),
  },
  examples: ['notebook', 'notebook --user --notebooks my-notebooks'],
  abandoned: true,
  async run({ dir, user, notebooks }, context) {
    if (user && dir !== undefined) {
      throw new LensError('--user', `contradicts --dir (${dir})`, 'give one of them', 'usage');
    }
    const { copyNotebooks, findTslab, linkPackage, writeKernelSpec } = await import('../notebook-folder.js');
    const machine = { ...thisMachine(), env: context.io.env };
    const tslab = findTslab(notebooks);
    const data = user ? userFolders(machine)[0] : (dir ?? DATA);
    const { names, copied } = await copyNotebooks(notebooks);
    const link = await linkPackage(notebooks);
    const kernelSpec = await writeKernelSpec(data, tslab);
    const jupyter = jupyterCommand(user ? undefined : resolve(data), machine.platform);
    const open = `${jupyter} notebook ${quote(notebooks)}`;
    const execute = `${jupyter} nbconvert --execute --to notebook --output-dir out/executed ${quote(`${notebooks}/${names[0]}`)}`;
    return {
      json: { kind: 'notebook', kernelSpec, tslab, notebooks, names, copied, link: link ?? null, open, execute },
      text: [
        alignColumns(
          [
            ['kernel', kernelSpec],
            ['tslab', shorter(tslab)],
            ['notebooks', `${notebooks} (${plural(names.length, 'notebook')}, ${copied} copied now)`],
            ['package', link ?? 'found from there'],
          ],
          2,
        ),
        '',
        'open them:',
        `  ${open}`,
        'execute one without opening it:',
        `  ${execute}`,
      ].join('\n'),
    };
  },
});

/** `jupyter`, told where the kernel is if it would not look there. */
function jupyterCommand(data: string | undefined, platform: NodeJS.Platform): string {
  if (data === undefined) return 'jupyter';
  return platform === 'win32' ? `set "JUPYTER_PATH=${data}" && jupyter` : `JUPYTER_PATH=${quote(data)} jupyter`;
}

/** A path as a shell would need it. */
function quote(path: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(path) ? path : `"${path}"`;
}

/** From where the user is, if that is inside. */
function shorter(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') ? path : fromHere;
}
