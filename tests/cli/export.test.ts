import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ValueTree } from '../../src/readout/index.js';
import { CALIBRATION, CLAIM, finding } from '../claim/figures/claim-example.js';
import { INNER_PRODUCTS_BINNED, TREE } from '../readout/figures/examples.js';
import { FORMS_OF_READOUTS, TRAINING_LINES } from './export-examples.js';
import { cli, readJson, temporaryFolder } from './support.js';

function written(value: unknown): string {
  const path = join(temporaryFolder(), 'result.json');
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

/** A tree readout whose item says something else. */
function treeWith(other: Partial<ValueTree>): string {
  const [tree] = TREE.trees;
  return JSON.stringify({ kind: 'readout', readout: { ...TREE, trees: [{ ...tree, ...other }] } });
}

async function listed(value: unknown): Promise<string[]> {
  const { code, stdout } = await cli(['export', written(value), '--list']);
  expect(code).toBe(0);
  return stdout.trim().split('\n');
}

describe('export', () => {
  it('names the figures of a battery, of a calibration and of a training', async () => {
    expect(await listed(CLAIM)).toEqual(['forest', 'criteria-F1', 'criteria-F5', 'matrix-F5', 'criteria-F8']);
    expect(await listed({ kind: 'calibration', version: 2, ...CALIBRATION })).toEqual(['confusion', 'verdicts']);
    expect(await listed(TRAINING_LINES)).toEqual(['training']);
  });

  it.each(FORMS_OF_READOUTS)('names the figures of $kind $readout.kind', async ({ figures, ...result }) => {
    expect(await listed(result)).toEqual(figures);
  });

  it('writes SVG, PNG of twice its size, CSV and JSON', async () => {
    const file = written(CLAIM);
    const folder = temporaryFolder();
    const out = (form: string): string => join(folder, `new/forest.${form}`);
    for (const form of ['svg', 'png', 'csv', 'json']) {
      const { code, stdout } = await cli(['export', file, '--out', out(form)]);
      expect([code, stdout.trim()]).toEqual([0, out(form)]);
    }
    const svg = readFileSync(out('svg'), 'utf8');
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    const png = readFileSync(out('png'));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * Number(width), 2 * Number(height)]);
    expect(readFileSync(out('csv'), 'utf8').split('\r\n')).toHaveLength(1 + 7 + 1);
    expect(readJson(out('json'))).toMatchObject({
      0: { title: 'Competence', value: 0.95 },
      6: { test: 'F8', value: -12 },
    });
  });

  it('keeps a spreadsheet from running what a result holds, and numbers as they are', async () => {
    const file = written({
      ...CLAIM,
      findings: [finding('F1', { title: '=cmd()', criteria: [CLAIM.findings[3].criteria[0]] })],
    });
    const out = join(temporaryFolder(), 'forest.csv');
    await cli(['export', file, '--figure', 'criteria-F1', '--out', out]);
    expect(readFileSync(out, 'utf8')).toMatch(
      /^F1,'=cmd\(\),supports,0.02,branch removed,"branch removed, described",contradicts,-12,-16,-8,40,38,0,/m,
    );
  });

  describe('says in one line what is wrong with', () => {
    const refusal = async (...argv: string[]): Promise<string> => {
      const { code, stdout, stderr } = await cli(['export', ...argv]);
      expect(code).not.toBe(0);
      expect(stdout).toBe('');
      return stderr.trim();
    };

    it('a file that is none', async () => {
      expect(await refusal('nowhere.json', '--list')).toBe(
        'coconut-lens: nowhere.json: cannot be read (no such file); name a result file',
      );
    });

    it.each([
      ['', 'is empty'],
      ['{', 'is no JSON ('],
      ['{}', 'is no result that has figures (kind is missing)'],
      ['{"kind":"compare"}', 'is no result that has figures (kind compare)'],
      ['{"kind":"readout","readout":{"kind":"leaves"}}', 'has no figures (readout leaves)'],
      [
        JSON.stringify({ kind: 'readout', readout: { ...INNER_PRODUCTS_BINNED, binEdges: [0, 1] } }),
        'is damaged (counts of other bins than there are edges)',
      ],
      [treeWith({ names: ['root'] }), 'is damaged (trees.0: numbers of other nodes than there are names)'],
      [treeWith({ parents: [[], [0], [0], [1], [3], [4], []] }), 'trees.0: a parent that is not one step nearer'],
      [treeWith({ parents: [[], [0], [0], [1, 1], [1], [4], []] }), 'trees.0: a parent that is not one step nearer'],
      ['{"kind":"readout","readout":{"kind":"height","version":1}}', 'is damaged (items: '],
      [`${TRAINING_LINES}\n{"phase":1}`, 'line 3: is damaged (phase: '],
    ])('%s', async (text, said) => {
      const line = await refusal(written(text), '--list');
      expect(line).toContain(said);
      expect(line.split('\n')).toHaveLength(1);
    });

    it('a figure that there is not, a form that there is not, and no place to write to', async () => {
      const file = written(CLAIM);
      const out = join(temporaryFolder(), 'x.svg');
      expect(await refusal(file, '--figure', 'pie', '--out', out)).toContain(
        'has no such figure (pie); give one of forest, criteria-F1',
      );
      expect(existsSync(out)).toBe(false);
      expect(await refusal(file, '--out', 'x.gif')).toBe(
        'coconut-lens: --out: has no ending that is known (x.gif); end it in .svg, .png, .csv, .json',
      );
      expect(await refusal(file)).toBe('coconut-lens: --out: is missing; name a file, or pass --list');
    });
  });
});

describe('report --claim', () => {
  it('writes one page of several results', async () => {
    const out = join(temporaryFolder(), 'report.html');
    const { code, stdout } = await cli([
      'report',
      '--claim',
      `${written(CLAIM)},${written({ ...CLAIM, seed: 4 })}`,
      '--out',
      out,
    ]);
    expect([code, stdout.trim()]).toEqual([0, out]);
    expect(readFileSync(out, 'utf8')).toContain('id="forest-2-title"');
  });

  it('is refused beside a recording, without either, and for what is no result', async () => {
    const said = async (...argv: string[]): Promise<string> =>
      (await cli(['report', '--out', 'x.html', ...argv])).stderr.trim();
    expect(await said('--claim', 'a.json', '--recording', 'rec')).toContain(
      '--claim: and --recording cannot both be reported',
    );
    expect(await said()).toContain('--recording: is missing, and so is --claim; give one of them');
    expect(await said('--claim', written({ kind: 'frontier' }))).toContain('is no result of claim');
  });
});
