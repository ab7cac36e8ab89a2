import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportHtml } from '../../src/view/index.js';
import { reportInput } from './report-example.js';

/** Where Debian puts it; another place can be named in CHROMIUM. */
const chromiumPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const missing = !existsSync(chromiumPath);

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

describe.skipIf(missing)(`the report in a browser (skipped where there is no ${chromiumPath})`, () => {
  let browser: Browser;
  let folder: string;
  let address: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'report-'));
    const file = join(folder, 'report.html');
    await writeFile(file, reportHtml(await reportInput()));
    address = pathToFileURL(file).href;
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] });
  });

  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  /** Opens the report with everything unfolded. `complaints` collects console messages, requests and page errors. */
  async function open(
    options: { readonly colorScheme: 'light' | 'dark'; readonly width: number; readonly bypassCSP?: boolean },
    complaints: string[] = [],
  ): Promise<Page> {
    const { colorScheme, width, bypassCSP = false } = options;
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 }, bypassCSP });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (request.url() !== address) complaints.push(request.url());
    });
    await page.goto(address);
    await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`);
    return page;
  }

  it('opens from disk under its own security policy, without a request or a complaint', async () => {
    const complaints: string[] = [];
    const page = await open({ colorScheme: 'light', width: 1280 }, complaints);
    expect(complaints).toEqual([]);
    // The policy names the style sheet by its hash: this fails if it was refused.
    expect(await page.evaluate(`getComputedStyle(document.querySelector('.scroll')).overflowX`)).toBe('auto');
    await page.close();
  });

  it.each([1280, 400])('fits a window %i pixels wide: only tables and drawings scroll', async (width) => {
    const page = await open({ colorScheme: 'light', width });
    expect(await page.evaluate(`document.documentElement.scrollWidth`)).toBe(width);
    await page.close();
  });

  it.each([
    ['light', 'axe.run()'],
    // Only colours differ in the dark.
    ['dark', `axe.run({ runOnly: ['color-contrast'] })`],
  ] as const)('has no accessibility violation that axe knows of (%s)', async (colorScheme, run) => {
    // The page's policy refuses scripts, axe included; only this test goes round it.
    const page = await open({ colorScheme, width: 1280, bypassCSP: true });
    const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
    await page.evaluate(await readFile(axe, 'utf8'));
    const result = await page.evaluate<AxeResult>(run);
    expect(result.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`)).toEqual([]);
    await page.close();
  });

  it('downloads its numbers by a click', async () => {
    const page = await open({ colorScheme: 'light', width: 1280 });
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[download="frontier.csv"]')]);
    const text = await readFile(await download.path(), 'utf8');
    expect(text.split('\r\n')[0]).toBe('thought,group,quantity,value,low,high,n,clusters');
    await page.close();
  });
});
