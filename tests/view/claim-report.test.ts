import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readClaimResult } from '../../src/claim/index.js';
import { CLAIM } from '../claim/figures/claim-example.js';
import { claimReportHtml } from '../../src/view/claim-report.js';

const old = readClaimResult(
  'claim-v1.json',
  JSON.parse(readFileSync(new URL('../claim/data/claim-v1.json', import.meta.url), 'utf8')),
);
const PROVENANCE = {
  command: 'coconut-lens report --claim claim.json',
  config: { claim: ['claim.json'] },
  versions: { 'coconut-lens': '0.1.0' },
  warnings: [],
};
const html = claimReportHtml([CLAIM, old], PROVENANCE);
/** The page without plotly, where the data are. */
const written = html.slice(0, html.indexOf('</footer>'));

describe('claimReportHtml', () => {
  it('is one page of less than 3 MB that loads nothing', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(3_000_000);
    expect(written).not.toMatch(/(?:src|href)="(?!#|data:)/);
  });

  it('says the verdicts first, then every prediction with what it does not show', () => {
    const places = [
      CLAIM.conclusion.sentence,
      'id="verdict-table"',
      '<nav',
      'id="origin-heading"',
      'id="criteria-heading"',
      'id="F1-heading"',
      'What F1 predicts.',
      'What F1 does not show.',
      'id="F8-heading"',
      'id="limits-heading"',
    ].map((text) => written.indexOf(text, written.indexOf('<main>')));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(Math.min(...places)).toBeGreaterThan(0);
  });

  it('has nothing but title and warnings before the verdicts', () => {
    const before = written.slice(written.indexOf('<header>'), written.indexOf('id="verdict-heading"'));
    expect(before).toContain('a warning with');
    expect(before).not.toMatch(/<d[lt]|<details|<nav|<table/);
  });

  it('folds where each result comes from behind a line with model, items and seed', () => {
    expect(written).toContain(
      '<details class="origin"><summary>&lt;tiny&gt;<span class="aside">40 fresh items, seed 3 (n = 40 on 38 graphs); seed 3</span></summary>',
    );
    expect(written.match(/<details class="origin">/g)).toHaveLength(3);
  });

  it('shows an older result beside a new one, and says what one of them did not run', () => {
    expect(written).toContain('Depth-budget scaling');
    expect(written).toContain('<small>not run</small>');
    expect(written.match(/<tr><th scope="row">(?:constructed-bfs|&lt;tiny&gt;)<\/th>/g)).toHaveLength(2);
  });

  it('carries the provenance of each: command, hash, engine, seed, warnings', () => {
    for (const text of [
      'coconut-lens claim --model models/&lt;tiny&gt;',
      'a1'.repeat(32),
      'cpu 4.22.0',
      '40 fresh items, seed 3',
    ])
      expect(written).toContain(text);
    expect(written).toContain('<li>a warning with &lt;b&gt;markup&lt;/b&gt;</li>');
  });

  it('gives n, interval, level without the effect and corrected p of a prediction', () => {
    const section = written.slice(written.indexOf('id="F1-heading"'), written.indexOf('id="F2-heading"'));
    expect(section).toContain('0.100 [0.000, 0.200]');
    expect(section).toContain('n = 40 (38)');
    expect(section).toContain('kept with zeros: 1.000');
    expect(section).toContain('<dd>0.020 (Holm');
  });

  it('escapes whatever a result holds', () => {
    const hostile = '</script><img src=x onerror=alert(1)>';
    const [first, ...rest] = CLAIM.findings;
    const page = claimReportHtml(
      [{ ...CLAIM, model: { path: hostile }, findings: [{ ...first, title: hostile, reason: hostile }, ...rest] }],
      PROVENANCE,
    );
    expect(page).not.toContain('<img');
    // As many ends of scripts as the same page without it has: the matrix, plotly, and the page's own.
    expect(page.match(/<\/script>/g)).toHaveLength(3);
  });

  it('has no id twice', () => {
    const ids = [...written.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });
});

const chromiumPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

describe.skipIf(!existsSync(chromiumPath))(
  `the report of batteries in a browser (skipped where there is no ${chromiumPath})`,
  () => {
    let browser: Browser;
    let folder: string;
    let address: string;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'claim-report-'));
      const file = join(folder, 'report.html');
      await writeFile(file, html);
      address = pathToFileURL(file).href;
      browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] });
    });

    afterAll(async () => {
      await browser.close();
      await rm(folder, { recursive: true });
    });

    async function open(
      options: NonNullable<Parameters<Browser['newPage']>[0]>,
      complaints: string[] = [],
    ): Promise<Page> {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => {
        if (request.url() !== address) complaints.push(request.url());
      });
      await page.goto(address);
      return page;
    }

    it('opens from disk and draws a chart over with plotly under its own policy, without a request or a complaint', async () => {
      const complaints: string[] = [];
      const page = await open({}, complaints);
      const button = page.locator('.cl-explore').first();
      await button.click();
      await page.locator('.cl-live .heatmaplayer image').first().waitFor();
      expect(
        await page
          .locator('.cl-still')
          .evaluateAll((all) => all.filter((one) => (one as unknown as { hidden: boolean }).hidden).length),
      ).toBe(1);
      await button.click();
      expect(await page.locator('.cl-live:not([hidden])').count()).toBe(0);
      expect(complaints).toEqual([]);
      await page.close();
    });

    it('shows everything with JavaScript off, and offers nothing that then does not work', async () => {
      const page = await open({ javaScriptEnabled: false });
      expect(await page.locator('svg.cl-figure').count()).toBe(html.match(/class="cl-figure"/g)?.length);
      expect(await page.locator('svg.cl-figure').first().isVisible()).toBe(true);
      expect(await page.locator('.cl-explore').first().isVisible()).toBe(false);
      await page.close();
    });

    it.each([1280, 400])('fits a window %i pixels wide', async (width) => {
      const page = await open({ viewport: { width, height: 900 } });
      await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`);
      expect(await page.evaluate(`document.documentElement.scrollWidth`)).toBe(width);
      await page.close();
    });

    it.each(['light', 'dark'] as const)(
      'has no accessibility violation that axe knows of (%s)',
      async (colorScheme) => {
        // The page's policy refuses other scripts, axe included; only this test goes round it.
        const page = await open({ colorScheme, bypassCSP: true });
        await page.screenshot({ path: `out/claim-report-${colorScheme}.png` });
        await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`);
        await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
        const { violations } = await page.evaluate<AxeResult>(
          colorScheme === 'light' ? 'axe.run()' : `axe.run({ runOnly: ['color-contrast'] })`,
        );
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`)).toEqual([]);
        await page.close();
      },
    );

    it('downloads a figure’s numbers by a click', async () => {
      const page = await open({});
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[download="forest-1.csv"]')]);
      const text = await readFile(await download.path(), 'utf8');
      expect(text.split('\r\n')[0]).toBe(
        'test,title,testVerdict,correctedP,criterion,description,verdict,value,low,high,n,graphs,without,supports,contradicts,p',
      );
      await page.close();
    });
  },
);
