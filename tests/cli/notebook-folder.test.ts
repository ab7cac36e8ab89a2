import { mkdirSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { copyNotebooks, findTslab, linkPackage, PACKAGE_FOLDER, TSLAB_VERSION } from '../../src/cli/notebook-folder.js';
import { temporaryFolder } from '../checkpoint/files.js';

const own = await realpath(PACKAGE_FOLDER);

describe('findTslab', () => {
  it('takes the one that is installed where the notebooks are', () => {
    const folder = temporaryFolder();
    const installed = join(folder, 'node_modules', 'tslab');
    mkdirSync(installed, { recursive: true });
    writeFileSync(join(installed, 'package.json'), '{"name":"tslab"}');
    expect(findTslab(folder)).toBe(join(installed, 'bin', 'tslab'));
  });

  it('says what to install where there is none', async () => {
    vi.resetModules();
    vi.doMock('node:module', () => ({
      createRequire: () =>
        Object.assign(() => ({ name: 'coconut-lens', version: '0.0.0' }), {
          resolve: () => {
            throw new Error('Cannot find module');
          },
        }),
    }));
    const { findTslab: find } = await import('../../src/cli/notebook-folder.js');
    vi.doUnmock('node:module');
    // Test files share their modules: none is to find this one.
    vi.resetModules();
    expect(() => find('.')).toThrow(`tslab: is not installed; run npm i tslab@${TSLAB_VERSION}`);
  });
});

describe('copyNotebooks', () => {
  it('names the folder where the disk refuses', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const folder = join(file, 'notebooks');
    await expect(copyNotebooks(folder)).rejects.toThrow(/notebooks: cannot be written \(ENOTDIR: .+\); /);
    // A place for links that is none: what a read-only disk answers differs in the code only.
    await expect(linkPackage(file)).rejects.toThrow(/coconut-lens: cannot be made \(ENOTDIR: .+\); /);
  });
});

describe('linkPackage', () => {
  it('needs no link where the package is found from above', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(own, join(folder, 'node_modules', 'coconut-lens'));
    mkdirSync(join(folder, 'notebooks'));
    expect(await linkPackage(join(folder, 'notebooks'))).toBeUndefined();
  });

  it('replaces a link that leads elsewhere, or nowhere', async () => {
    const folder = temporaryFolder();
    const link = join(folder, 'node_modules', 'coconut-lens');
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(join(folder, 'gone'), link);
    expect(await linkPackage(folder)).toBe(link);
    expect(readlinkSync(link)).toBe(own);
  });

  it('leaves another copy alone', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'node_modules', 'coconut-lens'), { recursive: true });
    await expect(linkPackage(folder)).rejects.toThrow('is another copy of the package');
  });
});
