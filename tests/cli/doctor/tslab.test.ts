import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findingRows } from '../../../src/cli/doctor/finding.js';
import { tslabFinding } from '../../../src/cli/doctor/tslab.js';
import { machineWith, type Described } from './machine.js';

const spec = (...argv: string[]): string =>
  JSON.stringify({ argv, display_name: 'TypeScript', language: 'typescript' });
const SPEC = spec('tslab', 'kernel', '--config-path', '{connection_file}');

describe('tslabFinding', () => {
  it('is ok with the package and a kernelspec that starts it', async () => {
    const folder = '/home/ada/.local/share/jupyter/kernels/tslab';
    const machine = machineWith({ files: { [`${folder}/kernel.json`]: SPEC } });
    expect(findingRows(await tslabFinding(machine, '1.0.22'))).toEqual([
      ['tslab', 'ok', 'notebooks can run'],
      ['  package', 'ok', '1.0.22'],
      ['  kernelspec', 'ok', folder],
    ]);
  });

  it('says what is missing, and what for', async () => {
    expect(findingRows(await tslabFinding(machineWith(), undefined))).toEqual([
      ['tslab', 'absent', 'missing: package, kernelspec; only the notebooks need it'],
      ['  package', '-', 'not installed: npm i tslab@1.0.22'],
      [
        '  kernelspec',
        '-',
        'Jupyter knows no kernel that starts tslab: npx coconut-lens notebook (with --user for every Jupyter of yours)',
      ],
    ]);
    const page = readFileSync(new URL('../../../docs/notebooks.md', import.meta.url), 'utf8');
    expect(page).toContain('npm i tslab@1.0.22\nnpx coconut-lens notebook\n');
    const programs = { 'tslab --version': 'tslab 1.0.21\n' };
    const { requirements } = await tslabFinding(machineWith({ programs }), undefined);
    expect(requirements?.[0]).toMatchObject({ met: true, detail: '1.0.21, the program on the path' });
  });

  it.each<[string, string, Described]>([
    ['a folder of JUPYTER_PATH', '/b/kernels/x', { env: { JUPYTER_PATH: '/a:/b' } }],
    ['JUPYTER_DATA_DIR', '/data/kernels/x', { env: { JUPYTER_DATA_DIR: '/data' } }],
    ['XDG_DATA_HOME', '/xdg/jupyter/kernels/x', { env: { XDG_DATA_HOME: '/xdg' } }],
    ['a virtual environment', '/venv/share/jupyter/kernels/x', { env: { VIRTUAL_ENV: '/venv' } }],
    ['the system', '/usr/share/jupyter/kernels/x', {}],
    ['a Mac', '/home/ada/Library/Jupyter/kernels/x', { platform: 'darwin' }],
    [
      'Windows',
      'C:\\Users\\ada\\AppData\\jupyter\\kernels\\x',
      { platform: 'win32', env: { APPDATA: 'C:\\Users\\ada\\AppData' } },
    ],
  ])('finds the kernelspec in %s', async (_, folder, described) => {
    const file = `${folder}${described.platform === 'win32' ? '\\' : '/'}kernel.json`;
    const argv = ['node', '/home/ada/node_modules/tslab/bin/tslab', 'kernel'];
    const { requirements } = await tslabFinding(machineWith({ ...described, files: { [file]: spec(...argv) } }), '1');
    expect(requirements?.[1]).toEqual({ name: 'kernelspec', met: true, detail: folder });
  });

  it.each([
    ['starts something else', spec('python3', '-m', 'ipykernel', '--tslab-like')],
    ['is no JSON', '{"argv": ["tslab"'],
    ['has no argv', '{"argv": "tslab"}'],
  ])('takes no kernelspec that %s', async (_, text) => {
    const files = { '/usr/share/jupyter/kernels/tslab/kernel.json': text };
    expect((await tslabFinding(machineWith({ files }), '1.0.22')).state).toBe('absent');
  });
});
