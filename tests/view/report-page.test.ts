import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportHtml } from '../../src/view/index.js';
import { CHROMIUM, NO_CHROMIUM, PageBench, violations, type OpenOptions } from './browser.js';
import { reportInput } from './report-example.js';

describe.skipIf(NO_CHROMIUM)(`the report in a browser (skipped where there is no ${CHROMIUM})`, () => {
  let bench: PageBench;

  beforeAll(async () => {
    bench = await PageBench.start();
    await bench.write('report.html', reportHtml(await reportInput()));
  });

  afterAll(() => bench.close());

  /** Opens the report with everything unfolded. */
  async function open(options: OpenOptions): Promise<Page> {
    const page = await bench.open('report.html', options);
    await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`);
    return page;
  }

  it('opens from disk under its own security policy, without a request or a complaint', async () => {
    const page = await open({});
    expect(bench.complaints).toEqual([]);
    // The policy names style sheet and script by their hashes: this fails if one was refused.
    expect(await page.evaluate(`getComputedStyle(document.querySelector('.scroll')).overflowX`)).toBe('auto');
    expect(await page.isVisible('#explorer')).toBe(true);
    expect(await page.isVisible('#unscripted')).toBe(false);
    await page.close();
  });

  it.each([1280, 400])('fits a window %i pixels wide: only tables and drawings scroll', async (width) => {
    const page = await open({ width });
    expect(await page.evaluate(`document.documentElement.scrollWidth`)).toBe(width);
    await page.close();
  });

  it.each([
    ['light', 'axe.run()'],
    // Only colours differ in the dark.
    ['dark', `axe.run({ runOnly: ['color-contrast'] })`],
  ] as const)('has no accessibility violation that axe knows of (%s)', async (colorScheme, run) => {
    // The page's policy refuses scripts, axe included; only this test goes round it.
    const page = await open({ colorScheme, bypassCSP: true });
    expect(await violations(page, run)).toEqual([]);
    await page.close();
  });

  it('downloads its numbers by a click', async () => {
    const page = await open({});
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[download="frontier.csv"]')]);
    const text = await readFile(await download.path(), 'utf8');
    expect(text.split('\r\n')[0]).toBe('thought,group,quantity,value,low,high,n,clusters');
    await page.close();
  });

  it('shows its drawings, tables and no dead control where scripts are off', async () => {
    const page = await bench.open('report.html', { javaScript: false });
    expect(await page.locator('#item-panels svg').count()).toBe(4);
    expect(await page.isVisible('#item-panels svg >> nth=3')).toBe(true);
    expect(await page.isVisible('#mass')).toBe(true);
    expect(await page.isVisible('#unscripted')).toBe(true);
    for (const dead of ['#explorer', '#browser', '#tip']) expect(await page.isVisible(dead), dead).toBe(false);
    await page.close();
  });
});
