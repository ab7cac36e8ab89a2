import { copyFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseJsonDocument } from '../../src/json-text.js';
import { cli, temporaryFolder, workbench } from './support.js';

const bench = await workbench(2);
const DEEP = '['.repeat(20_000) + ']'.repeat(20_000);
const DEEP_OBJECT = '{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000);
const golden = fileURLToPath(new URL('../../fixtures/golden/symbolic', import.meta.url));

describe('parseJsonDocument', () => {
  it('reads 200 levels and no more, whatever strings hold', () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    expect(parseJsonDocument(nested(200))).toHaveLength(1);
    expect(() => parseJsonDocument(nested(201))).toThrow('brackets are nested more than 200 deep');
    const strings = JSON.stringify(['['.repeat(500), '\\"[', { '{{{': ']"' }]);
    expect(JSON.stringify(parseJsonDocument(strings))).toBe(strings);
  });
});

describe('20,000 nested brackets', () => {
  /** A copy of the model with a file of brackets. */
  function model(name: string, text: string): string {
    const folder = temporaryFolder();
    for (const file of ['config.json', ...(name.includes('index') ? [] : ['model.safetensors'])])
      copyFileSync(join(bench.model, file), join(folder, file));
    writeFileSync(join(folder, name), text);
    return folder;
  }
  /** A folder or file that holds brackets where something else belongs. */
  function file(name: string, text: string): string {
    const folder = temporaryFolder();
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  }
  const inFolder = (name: string, text: string): string => join(file(name, text), '..');
  function reference(text: string): string {
    const folder = join(temporaryFolder(), 'reference');
    cpSync(join(golden, 'reference'), folder, { recursive: true });
    writeFileSync(join(folder, 'meta.json'), text);
    return folder;
  }
  function training(text: string): string {
    const folder = join(temporaryFolder(), 'training');
    mkdirSync(folder);
    writeFileSync(join(folder, 'training.json'), text);
    return folder;
  }

  const cases: readonly (readonly [what: string, argv: (text: string) => string[]])[] = [
    ['items', (text) => ['data', 'inspect', '--items', file('items.json', text)]],
    ['items to a model', (text) => ['evaluate', '--model', bench.model, '--items', file('items.json', text)]],
    ['metadata of a recording', (text) => ['frontier', '--recording', inFolder('metadata.json', text)]],
    ['a shard index', (text) => ['evaluate', '--model', model('model.safetensors.index.json', text), '--items', bench.items]], // prettier-ignore
    ['config.json', (text) => ['evaluate', '--model', model('config.json', text), '--items', bench.items]],
    ['training.json', (text) => ['train', '--preset', 'small', '--method', 'coconut', '--out', training(text), '--resume']], // prettier-ignore
    ['a training configuration', (text) => ['train', '--config', file('c.json', text), '--out', join(temporaryFolder(), 'o')]], // prettier-ignore
    ['a claim', (text) => ['report', '--claim', file('claim.json', text), '--out', join(temporaryFolder(), 'r.html')]],
    ['a result', (text) => ['export', file('result.json', text), '--list']],
    ['a reference', (text) => ['verify', '--model', golden, '--reference', reference(text)]],
    ['a folder to import', (text) => ['import', model('config.json', text), '--out', join(temporaryFolder(), 'i')]],
  ];

  it.each(cases)('as %s are refused in one line', async (_what, argv) => {
    for (const text of [DEEP, DEEP_OBJECT]) {
      const { code, stderr } = await cli([...argv(text), '--quiet']);
      expect([1, 2], stderr).toContain(code);
      expect(stderr).not.toContain('defect');
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(stderr.length).toBeLessThan(500);
    }
  });
});
