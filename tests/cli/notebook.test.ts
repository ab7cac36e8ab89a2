import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findTslab, PACKAGE_FOLDER, shippedNotebooks } from '../../src/cli/notebook-folder.js';
import { cli, readJson, temporaryFolder } from './support.js';

const own = await realpath(PACKAGE_FOLDER);

describe('notebook', () => {
  it('writes a kernel, copies the notebooks, links the package, and says how to go on', async () => {
    const folder = temporaryFolder();
    const [data, notebooks] = [join(folder, 'jupyter'), join(folder, 'my notebooks')];
    const { code, stdout, stderr } = await cli(['notebook', '--dir', data, '--notebooks', notebooks]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const spec = readJson(join(data, 'kernels', 'tslab', 'kernel.json')) as { argv: string[] };
    expect(spec).toEqual({
      argv: [process.execPath, findTslab('.'), 'kernel', '--config-path', '{connection_file}'],
      display_name: 'TypeScript',
      language: 'typescript',
    });
    expect(existsSync(spec.argv[1])).toBe(true);
    const names = readdirSync(notebooks).filter((name) => name.endsWith('.ipynb'));
    expect(names).toHaveLength((await shippedNotebooks()).length);
    expect(names).toContain('01-first-look.ipynb');
    expect(await realpath(join(notebooks, 'node_modules', 'coconut-lens'))).toBe(own);
    expect(stdout).toContain(`\n  JUPYTER_PATH=${data} jupyter notebook "${notebooks}"\n`);
    expect(stdout).toContain(`jupyter nbconvert --execute --to notebook`);
  });

  it('changes nothing that is there when it is repeated', async () => {
    const folder = temporaryFolder();
    const argv = ['notebook', '--dir', join(folder, 'jupyter'), '--notebooks', folder, '--json'];
    const first = JSON.parse((await cli(argv)).stdout) as { copied: number; names: string[] };
    expect(first.copied).toBe(first.names.length);
    writeFileSync(join(folder, first.names[0]), 'worked in');
    expect(JSON.parse((await cli(argv)).stdout)).toMatchObject({ kind: 'notebook', copied: 0, link: null });
    expect(readFileSync(join(folder, first.names[0]), 'utf8')).toBe('worked in');
  });

  it("writes to the user's own Jupyter data, which needs no JUPYTER_PATH", async () => {
    const folder = temporaryFolder();
    const argv = ['notebook', '--user', '--notebooks', folder];
    const { stdout } = await cli(argv, { env: { JUPYTER_DATA_DIR: join(folder, 'data') } });
    expect(existsSync(join(folder, 'data', 'kernels', 'tslab', 'kernel.json'))).toBe(true);
    expect(stdout).toContain(`\n  jupyter notebook ${folder}\n`);
  });

  it('refuses two places', async () => {
    const { code, stderr } = await cli(['notebook', '--user', '--dir', 'x']);
    expect([code, stderr]).toEqual([2, 'coconut-lens: --user: contradicts --dir (x); give one of them\n']);
  });
});
