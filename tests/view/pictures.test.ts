import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../cli/support.js';
import { difference } from '../notebooks/compare-text.js';
import { CHROMIUM, NO_CHROMIUM, PageBench } from './browser.js';
import { describedPng, pngDescription } from './png-text.js';

// The README's screenshots. Fonts differ between machines, so pixels are never compared: each committed picture carries the
// text that can be read in it, and that must be what the page shows today. To take them again:
//
//     UPDATE_PICTURES=1 npx vitest run tests/view/pictures.test.ts
const update = process.env['UPDATE_PICTURES'] === '1';

const root = fileURLToPath(new URL('../../', import.meta.url));
const fixture = (path: string): string => join(root, 'fixtures', path);

/** Pixels above what is shown. */
const MARGIN = 16;

/** The node on the second frontier that leads to the target, and the target. */
const PINNED = ['brimpus', 'numpus'];

/**
 * What can be read between two heights of a page, in the order of the document, a line for each piece of text. Pieces count by
 * their middle, so that the result does not hang on the height of letters.
 */
const READABLE = `(top, bottom) => {
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.replaceAll(/\\s+/g, ' ').trim();
    const around = walker.currentNode.parentElement;
    if (text === '' || !around.checkVisibility({ visibilityProperty: true }) || around.closest('.unseen')) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const { y, height } = range.getBoundingClientRect();
    const middle = y + scrollY + height / 2;
    if (middle > top && middle < bottom) lines.push(text);
  }
  return lines.join('\\n');
}`;

/** Where an element begins, in pixels from the top of the page. */
async function top(page: Page, selector: string): Promise<number> {
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`${selector} is not shown`);
  return box.y + (await page.evaluate<number>('scrollY'));
}

describe.skipIf(NO_CHROMIUM)(`the README's pictures (skipped where there is no ${CHROMIUM})`, () => {
  let bench: PageBench;
  let folder: string;

  async function run(...argv: string[]): Promise<void> {
    const { code, stderr } = await cli(argv);
    expect(code, stderr).toBe(0);
  }

  beforeAll(async () => {
    bench = await PageBench.start();
    folder = await mkdtemp(join(tmpdir(), 'pictures-'));
    mkdirSync(join(root, 'out', 'pictures'), { recursive: true });
    const path = (name: string): string => join(folder, name);
    const sizes = ['--nodes', '12', '--min-nodes', '8', '--min-depth', '3', '--max-depth', '4', '--depth-gap', '1'];
    const model = fixture('models/prosqa-small-coconut');
    const [items, recording, report, claims] = ['items.json', 'recording', 'report.html', 'claims.html'].map(path);
    const results = ['coconut-bfs', 'pause'].map((name) => fixture(`results/claim-${name}.json`));
    await run('data', 'generate', '--n', '71', ...sizes, '--seed', '7', '--out', items);
    await run('record', '--model', model, '--items', items, '--permute-ids', '1', '--out', recording);
    await run('report', '--recording', recording, '--item', '70', '--resamples', '100', '--out', report);
    await run('report', '--claim', results.join(), '--out', claims);
    for (const name of ['report.html', 'claims.html']) await bench.write(name, readFileSync(path(name), 'utf8'));
  });

  afterAll(async () => {
    const { complaints } = bench;
    await bench.close();
    await rm(folder, { recursive: true });
    expect(complaints).toEqual([]);
  });

  /** The visualiser, from the item's question to the pinned nodes, after two thoughts. */
  async function visualiser(page: Page): Promise<readonly [number, number]> {
    await page.locator('#explorer').waitFor();
    await page.keyboard.press('ArrowRight');
    expect(await page.innerText('#thought-said')).toBe('2 of 4');
    for (const name of PINNED)
      await page.locator('#sides [data-node]').filter({ hasText: name }).locator('.outline').click();
    await page.mouse.move(0, 0);
    expect(await page.locator('#pins tbody tr').count()).toBe(PINNED.length);
    return [await top(page, '#example blockquote'), await top(page, '#all-thoughts')];
  }

  /** The verdicts of two batteries, and what the first test of the first rests on. */
  async function verdicts(page: Page): Promise<readonly [number, number]> {
    return [await top(page, '#verdict-heading'), await top(page, 'nav.contents')];
  }

  /** The file that each is of, how it is arranged, and how wide it is. */
  const PICTURES = {
    visualiser: ['report.html', visualiser, 1010],
    verdicts: ['claims.html', verdicts, 1152],
  } as const;

  it.each([
    ['visualiser', 'light', true],
    ['visualiser', 'dark', false],
    ['verdicts', 'light', false],
    ['verdicts', 'dark', true],
  ] as const)('%s, %s: shows what the page shows', async (name, colorScheme, isCommitted) => {
    const [file, arrange, width] = PICTURES[name];
    const page = await bench.open(file, { colorScheme, width: 1200, hash: '' });
    const [from, to] = await arrange(page);
    // A window as high as the picture: a picture of a stretch of the whole page costs many times as much.
    const height = Math.round(to - from) + MARGIN;
    await page.setViewportSize({ width: 1200, height });
    await page.evaluate(`scrollTo(0, ${from - MARGIN})`);
    const png = await page.screenshot({ clip: { x: 1.5 * MARGIN, y: 0, width, height } });
    const text = await page.evaluate<string>(`(${READABLE})(${from}, ${to})`);
    await page.close();
    writeFileSync(join(root, 'out', 'pictures', `${name}-${colorScheme}.png`), png);
    if (!isCommitted) return;
    const committed = join(root, 'docs', 'img', `${name}.png`);
    if (update) writeFileSync(committed, describedPng(png, text));
    expect(difference(pngDescription(readFileSync(committed)) ?? '', text)).toBeUndefined();
    expect(statSync(committed).size).toBeLessThan(200_000);
  });
});
