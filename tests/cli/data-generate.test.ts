import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAMILIES, formatItems, inspectItems, parseItems, randomItems, readItems } from '../../src/dataset/index.js';
import { createRandom } from '../../src/random.js';
import { cli, temporaryFolder } from './support.js';

const generate = (...argv: string[]): ReturnType<typeof cli> => cli(['data', 'generate', ...argv]);

describe('data generate', () => {
  it('writes the items of randomItems, byte for byte, and says where they come from', async () => {
    const out = join(temporaryFolder(), 'deep', 'items.json');
    const { code, stdout, stderr } = await generate('--n', '40', '--seed', '7', '--out', out, '--json');
    expect([code, stderr]).toEqual([0, '0/40 items\n']);
    const text = readFileSync(out, 'utf8');
    expect(text).toBe(formatItems(randomItems(createRandom(7), 40)));
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'data-generate',
      command: `coconut-lens data generate --n 40 --seed 7 --out ${out} --json`,
      config: { n: 40, seed: 7, out, nodes: null, family: null, algorithm: 'effective', overwrite: false },
      seed: 7,
      items: { path: out, sha256: createHash('sha256').update(text).digest('hex'), count: 40 },
      warnings: [],
    });
    expect((await readItems(out)).items).toHaveLength(40);
    expect(readdirSync(join(out, '..'))).toEqual(['items.json']);
  });

  it('gives the same items first, whatever their number', async () => {
    const folder = temporaryFolder();
    const [few, many] = [join(folder, 'few.json'), join(folder, 'many.json')];
    await generate('--n', '3', '--out', few);
    await generate('--n', '60', '--out', many);
    expect(readFileSync(many, 'utf8').startsWith(readFileSync(few, 'utf8').slice(0, -1))).toBe(true);
  });

  it('keeps to the options', async () => {
    const out = join(temporaryFolder(), 'small.json');
    const options = ['--nodes', '12', '--min-nodes', '8', '--min-depth', '3', '--max-depth', '4', '--depth-gap', '0'];
    expect((await generate('--n', '50', ...options, '--out', out)).code).toBe(0);
    const { nodes, targetDepth, decoyDepth } = inspectItems((await readItems(out)).items);
    expect(nodes.min).toBeGreaterThanOrEqual(8);
    expect(nodes.max).toBeLessThanOrEqual(12);
    expect(targetDepth.every(([depth]) => depth === 3 || depth === 4)).toBe(true);
    expect(decoyDepth).toEqual(targetDepth);
  });

  it.each(Object.keys(FAMILIES) as (keyof typeof FAMILIES)[])('makes items of the family %s', async (family) => {
    const out = join(temporaryFolder(), 'family.json');
    expect((await generate('--n', '2', '--seed', '3', '--family', family, '--out', out)).code).toBe(0);
    const items = [0, 1].map((i) => FAMILIES[family].draw(createRandom(3).fork(`item ${i}`), String(i)));
    expect(readFileSync(out, 'utf8')).toBe(formatItems(items));
  });

  it('follows the published algorithm when asked', async () => {
    const out = join(temporaryFolder(), 'published.json');
    const argv = ['--n', '30', '--algorithm', 'published', '--nodes', '23', '--out', out];
    expect((await generate(...argv)).code).toBe(0);
    const items = parseItems(readFileSync(out, 'utf8'), out);
    expect(items.every(({ root, names }) => root === 0 && names.length <= 23)).toBe(true);
  });

  it('does not replace a file unless told to', async () => {
    const out = join(temporaryFolder(), 'items.json');
    writeFileSync(out, 'mine');
    expect(await generate('--n', '2', '--out', out)).toEqual({
      code: 2,
      stdout: '',
      stderr: `coconut-lens: ${out}: already exists; choose another file, or pass --overwrite to replace it\n`,
    });
    expect(readFileSync(out, 'utf8')).toBe('mine');
    expect((await generate('--n', '2', '--out', out, '--overwrite')).code).toBe(0);
    expect(parseItems(readFileSync(out, 'utf8'), out)).toHaveLength(2);
  });

  it('leaves nothing behind when interrupted', async () => {
    const folder = temporaryFolder();
    const { signal } = new AbortController();
    let looks = 0;
    Object.defineProperty(signal, 'aborted', { get: () => ++looks > 60 });
    const out = join(folder, 'items.json');
    const { code, stdout, stderr } = await cli(['data', 'generate', '--n', '500', '--out', out], { signal });
    expect([code, stdout]).toEqual([130, '']);
    expect(stderr).toBe(`0/500 items\ncoconut-lens: interrupted: ${out} is not written; start again\n`);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('data generate refuses, before anything is written,', () => {
  const published = ['--algorithm', 'published'];
  it.each([
    ['no number of items', [], '--n: is missing; see --help'],
    ['no items', ['--n', '0'], '--n: expected a whole number of at least 1 ("0")'],
    ['a negative seed', ['--n', '1', '--seed', '-1'], '--seed: expected a whole number from 0'],
    ['too few nodes', ['--n', '1', '--nodes', '2'], '--nodes: expected a whole number of at least 3 ("2")'],
    ['depths the wrong way round', ['--n', '1', '--min-depth', '5', '--max-depth', '4'], '--min-depth is 5 and --max-'],
    ['more nodes left than drawn', ['--n', '1', '--nodes', '9', '--min-nodes', '10'], '--min-nodes is 10, not at most'],
    [
      'a depth out of reach',
      ['--n', '1', '--nodes', '5', '--min-depth', '6'],
      'no graph of 0..5 nodes with a target at',
    ],
    ['more nodes than names', ['--n', '1', '--nodes', '90'], 'at most 17 entities and 38 concepts'],
    [
      'a family that is none',
      ['--n', '1', '--family', 'x'],
      '--family: expected one of degree-matched, orphaned-decoy',
    ],
    [
      "what a family's definition says",
      ['--n', '1', '--family', 'larger-depth', '--depth-gap', '2'],
      '--depth-gap: is not open in this family (2); leave it out of --family larger-depth',
    ],
    ['an algorithm that is none', ['--n', '1', '--algorithm', 'x'], '--algorithm: expected effective or published'],
    ['the published algorithm without N', ['--n', '1', ...published], '--nodes: is missing; the paper gives none'],
    [
      'depths with the published algorithm',
      ['--n', '1', ...published, '--nodes', '23', '--max-depth', '4'],
      '--max-depth: is nothing that the published algorithm knows (4)',
    ],
    [
      'a family with the published algorithm',
      ['--n', '1', ...published, '--nodes', '23', '--family', 'deeper-decoy'],
      '--family: is nothing that the published algorithm knows (deeper-decoy)',
    ],
  ])('%s', async (_, argv, message) => {
    const folder = temporaryFolder();
    const { code, stdout, stderr } = await generate(...argv, '--out', join(folder, 'made', 'items.json'));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^coconut-lens: [^\n]+; [^\n]+\n$/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('a folder, and a place that cannot be written', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'taken'));
    for (const more of [[], ['--overwrite']]) {
      const { code, stderr } = await generate('--n', '1', '--out', join(folder, 'taken'), ...more);
      expect([code, stderr]).toEqual([2, `coconut-lens: ${join(folder, 'taken')}: is a folder; name a file\n`]);
    }
    writeFileSync(join(folder, 'file'), '');
    const { code, stderr } = await generate('--n', '1', '--out', join(folder, 'file', 'items.json'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/items\.json: cannot be written \(.*\); choose a folder .*\n$/);
    expect(existsSync(join(folder, 'taken'))).toBe(true);
  });
});
