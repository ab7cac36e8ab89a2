import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { publicModules } from '../../src/api/public-modules.js';
import { loadProbes, parseSpec } from '../../src/probe/index.js';
import { probeSites, type ProbeSite } from '../../src/probe/site.js';
import { controlOf, type ClassProbe, type NodeProbe } from '../../src/probe/spec.js';
import { createRandom } from '../../src/random.js';
import { diamond } from './diamond.js';

const shipped = fileURLToPath(new URL('../../probes', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'coconut-lens-probes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes files to a folder of their own and loads it. */
async function load(
  name: string,
  files: Readonly<Record<string, string>>,
): Promise<Awaited<ReturnType<typeof loadProbes>>> {
  const own = join(folder, name);
  mkdirSync(own);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(own, file), text);
  return loadProbes(own, await publicModules());
}

/** The diamond as a search sees it at a step, in a recording of so many thoughts. */
const siteAt = (step: number, thoughts = 6, seed = 1): ProbeSite =>
  probeSites(diamond, { ids: diamond.names, thoughts, random: createRandom(seed) })(step);

const spec = { name: 'a', question: 'What?', kind: 'node', label: () => true, control: 'otherSide' };

describe('probeSites', () => {
  it('is the item as a search from each side sees it', () => {
    const site = siteAt(2);
    expect([...site.depth]).toEqual([0, 1, 1, 2, -1, -1]);
    expect([...site.distanceToTarget]).toEqual([2, 1, 1, 0, 2, -1]);
    expect(site.onShortestPath).toEqual([true, true, true, true, false, false]);
    expect([site.root, site.target, site.step, site.thoughts]).toEqual([0, 3, 2, 6]);
    const { other } = site;
    expect([...other.depth]).toEqual([-1, -1, 1, 2, 0, 1]);
    expect([other.root, other.target, other.step, other.thoughts]).toEqual([4, 5, 2, 6]);
    expect(other.other).toBe(site);
  });
});

describe('the probes that come with the program', () => {
  it('are eleven, each with a question and a control, and the documentation has them all', async () => {
    const specs = await loadProbes(shipped, await publicModules());
    expect(specs).toHaveLength(11);
    const page = readFileSync(new URL('../../docs/probes.md', import.meta.url), 'utf8');
    for (const { name } of specs) expect(page).toContain(`\n- \`${name}\`: `);
  });

  it('ask what they say, by hand on a small graph', async () => {
    const specs = await loadProbes(shipped, await publicModules());
    const ask = (name: string, step: number, of: 'label' | 'control' = 'label'): unknown[] => {
      const probe = specs.find((one) => one.name === name) as NodeProbe;
      const site = siteAt(step);
      const label = of === 'label' ? probe.label : controlOf(probe);
      return diamond.names.map((_, node) => label(site, node));
    };
    // Node 2 is one edge from both roots; node 5 from the other root alone.
    expect(ask('frontier', 1)).toEqual([undefined, true, undefined, false, undefined, undefined]);
    expect(ask('frontier', 1, 'control')).toEqual([undefined, undefined, undefined, false, undefined, true]);
    expect(ask('reachable', 1)).toEqual([true, true, undefined, false, undefined, undefined]);
    expect(ask('other-side', 1)).toEqual([undefined, undefined, undefined, false, true, true]);
    expect(ask('winner', 1)).toEqual([undefined, true, true, undefined, undefined, undefined]);
    expect(ask('winner', 1, 'control')).toEqual([undefined, undefined, false, undefined, undefined, true]);
    expect(ask('on-shortest-path', 2)).toEqual([undefined, undefined, undefined, true, undefined, undefined]);
    expect(ask('answer', 3)).toEqual([undefined, undefined, undefined, true, undefined, false]);
    expect(ask('degree', 1)).toEqual([false, false, false, false, false, false]);
  });

  it.each([1, 2, 3, 4, 6, 8])('asks which of %i thoughts it is, and has no other steps in the control', async (k) => {
    const probe = (await loadProbes(shipped, await publicModules())).find(
      ({ name }) => name === 'step-index',
    ) as ClassProbe;
    const all = (label: ClassProbe['label'], seed: number): unknown[] =>
      Array.from({ length: k }, (_, i) => label(siteAt(i + 1, k, seed)));
    const known = [0, 1, 2, 3, 4, 5].slice(0, k);
    const beyond = Array<undefined>(Math.max(0, k - 6)).fill(undefined);
    const orders = Array.from({ length: 20 }, (_, seed) => all(controlOf<ClassProbe['label']>(probe), seed));
    for (const order of orders) {
      expect([...order.slice(0, 6)].sort()).toEqual(known);
      expect(order.slice(6)).toEqual(beyond);
    }
    expect(new Set(orders.map(String)).size).toBeGreaterThan(k > 1 ? 1 : 0);
    expect(all(probe.label, 1)).toEqual([...known, ...beyond]);
  });
});

describe('loadProbes', () => {
  it('takes TypeScript and JavaScript, with the program’s own API under its name, in the order of the file names', async () => {
    const loaded = await load('mixed', {
      'b.mjs': `import { defineProbe } from 'coconut-lens';
        import { breadthFirstDepths } from 'coconut-lens/graph';
        if (typeof breadthFirstDepths !== 'function') throw new Error('not the whole API');
        export default defineProbe({ name: 'second', question: 'Q', kind: 'number', label: () => 1, control: 'otherSide' });`,
      'a.ts': `import { defineProbe, type ProbeSite } from 'coconut-lens';
        const ask = ({ depth }: ProbeSite, node: number): boolean => depth[node] === 1;
        export default defineProbe({ name: 'first', question: 'Q', kind: 'node', label: ask, control: ask, controlWords: 'the same' });`,
      'notes.txt': 'no probe',
    });
    expect(loaded.map(({ name }) => name)).toEqual(['first', 'second']);
  });

  it.each([
    ['no default', { 'x.ts': 'export const a = 1;' }, /x\.ts: exports no probe as its default/],
    ['broken', { 'x.ts': 'export default {' }, /x\.ts: does not load \(.+\); mend the file$/],
    [
      'twice',
      { 'a.js': `export default ${source({})}`, 'b.js': `export default ${source({})}` },
      /b\.js: name: there is one already \(a, a\.js\); give it another/,
    ],
  ])('refuses files that are no probes: %s', async (name, files, message) => {
    await expect(load(name, files)).rejects.toThrow(message);
  });

  it('names a folder that is not there', async () => {
    await expect(loadProbes(join(folder, 'nowhere'), {})).rejects.toThrow(/^--probes: cannot be read/);
  });
});

describe('parseSpec', () => {
  it.each([
    [
      { control: undefined },
      'f.ts: control: expected "otherSide" or a function: a probe without a control says nothing',
    ],
    [{ control: () => true }, 'f.ts: controlWords: expected what the control task is, in words'],
    [{ kind: 'nodes' }, 'f.ts: kind: expected "node", "class" or "number"'],
    [{ name: 'A b' }, 'f.ts: name: expected lower-case words with hyphens'],
    [{ label: 1 }, 'f.ts: label: expected a function'],
    [{ kind: 'class', classes: ['one'] }, 'f.ts: classes: expected two or more'],
    [{ labels: 1 }, /f\.ts: probe: .*labels/],
  ])('names the field that is wrong: %o', (change, message) => {
    expect(() => parseSpec('f.ts', { ...spec, ...change })).toThrow(message);
  });

  it('gives back what is right', () => {
    expect(parseSpec('f.ts', spec)).toEqual(spec);
  });
});

function source(change: Readonly<Record<string, string>>): string {
  const fields = {
    name: "'a'",
    question: "'Q'",
    kind: "'node'",
    label: '() => true',
    control: "'otherSide'",
    ...change,
  };
  return `{ ${Object.entries(fields)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ')} };`;
}
