import { mkdir } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exactFloat } from '../../src/drawing/numbers.js';
import type { ThoughtRecord } from '../../src/recording/index.js';
import { pageItems, reportHtml } from '../../src/view/index.js';
import { CHROMIUM, NO_CHROMIUM, PageBench, violations } from './browser.js';
import { METADATA, noisyRecord, reportInput, reportRecords } from './report-example.js';

const records = reportRecords(12);
const [first] = records;
const nodes = first.item.names.length;
/** Another model's thoughts about all items but the second, in another order, one thought fewer. */
const others = records
  .filter((_, i) => i !== 1)
  .map(({ item }) => noisyRecord(item, `other ${item.id}`, 3))
  .reverse();

describe.skipIf(NO_CHROMIUM)(`the visualiser in a browser (skipped where there is no ${CHROMIUM})`, () => {
  let bench: PageBench;

  async function write(name: string, own: readonly ThoughtRecord[], beside?: readonly ThoughtRecord[]): Promise<void> {
    const items = await pageItems({
      records: own,
      label: 'rec',
      baseline: beside && { records: beside, label: 'other model' },
    });
    const origin = { folder: 'out/other', metadata: METADATA, files: input.provenance.recording.files };
    await bench.write(name, reportHtml({ ...input, items, ...(beside !== undefined && { baseline: origin }) }));
  }

  let input: Awaited<ReturnType<typeof reportInput>>;

  beforeAll(async () => {
    bench = await PageBench.start();
    input = await reportInput();
    await write('one.html', records);
    await write('two.html', records, others);
    await mkdir('out', { recursive: true });
  });

  afterAll(async () => {
    // Whatever was done above: nothing was asked for, nothing went wrong.
    const { complaints } = bench;
    await bench.close();
    expect(complaints).toEqual([]);
  });

  const text = async (page: Page, selector: string): Promise<string> => (await page.innerText(selector)).trim();
  /** The address lags behind, so that it is not written too often. */
  // Not `waitForFunction`, which evaluates text in the page: its policy refuses that.
  const hash = async (page: Page, expected: string): Promise<void> => {
    await expect.poll(() => new URL(page.url()).hash).toBe(expected);
  };

  it('steps by arrow keys, buttons and slider, and shows the numbers of the recording to the last bit', async () => {
    const page = await bench.open('one.html');
    for (let thought = 1; thought <= first.count; thought++) {
      expect(await text(page, '#thought-said')).toBe(`${thought} of 4`);
      expect(await text(page, '#sides figcaption')).toContain(`Thought ${thought} `);
      for (const node of [0, thought, nodes - 1]) {
        await page.hover(`#sides [data-node="${node}"] .outline`);
        const p = first.nodeProbabilities[(thought - 1) * nodes + node];
        expect(await text(page, '#tip')).toContain(`after thought ${thought}\n${exactFloat(p)}`);
        expect(await text(page, '#tip b')).toBe(first.item.names[node]);
      }
      await page.keyboard.press('ArrowRight');
    }
    expect(await text(page, '#thought-said')).toBe('4 of 4');
    await page.click('#step-back');
    expect(await text(page, '#thought-said')).toBe('3 of 4');
    await page.focus('#thought');
    await page.keyboard.press('ArrowLeft');
    expect(await text(page, '#thought-said')).toBe('2 of 4');
    await page.keyboard.press('Home');
    await page.click('#step-on');
    expect(await text(page, '#spoken')).toMatch(/^thought 2: on the frontier 0\.\d{3}, off the graph 0\.\d{3}\.$/);
    await hash(page, '#item=0&thought=2');
    await page.close();
  });

  it('reaches every node by keys alone: its numbers, its pin; and stays there while thoughts go by', async () => {
    const page = await bench.open('one.html');
    const focused = (attribute: string): Promise<string | null> =>
      page.evaluate(`document.activeElement.getAttribute('${attribute}')`);
    await page.focus('#threshold');
    await page.keyboard.press('Tab');
    const seen = new Set([await focused('data-node')]);
    for (let i = 1; i < nodes; i++) {
      await page.keyboard.press('ArrowDown');
      seen.add(await focused('data-node'));
    }
    expect(seen.size).toBe(nodes);
    await page.keyboard.press('ArrowUp');
    const node = Number(await focused('data-node'));
    expect(await focused('aria-describedby')).toBe('tip');
    expect(await text(page, '#tip')).toContain(exactFloat(first.nodeProbabilities[node]));
    await page.keyboard.press('Escape');
    expect(await page.isVisible('#tip')).toBe(false);
    await page.keyboard.press('Enter');
    expect(await focused('aria-pressed')).toBe('true');
    await page.keyboard.press('ArrowRight');
    expect(Number(await focused('data-node'))).toBe(node);
    expect(await text(page, '#tip')).toContain(`after thought 2\n${exactFloat(first.nodeProbabilities[nodes + node])}`);
    const cells = await page.locator('#pins tbody td').allInnerTexts();
    const expected = [0, 1, 2, 3].map((c) => first.nodeProbabilities[c * nodes + node].toFixed(4));
    expect(cells.slice(0, 4)).toEqual(expected);
    expect(await text(page, '#pins td.now')).toBe(expected[1]);
    await page.click('[data-unpin]');
    expect(await text(page, '#pins')).toBe('');
    await page.close();
  });

  it('restores item, thought, view, threshold and pins from the address', async () => {
    const address = '#item=2&thought=3&view=tree&threshold=0.05&pins=1+0';
    const page = await bench.open('one.html', { hash: address });
    const shown = records[2];
    const count = shown.item.names.length;
    expect(await text(page, '#thought-said')).toBe('3 of 4');
    expect(await page.isChecked('input[value="tree"]')).toBe(true);
    expect(await text(page, '#threshold-said')).toBe('0.05');
    expect(await page.locator('#pins tbody th').allInnerTexts()).toEqual(
      [1, 0].map((n) => expect.stringContaining(shown.item.names[n]) as string),
    );
    expect(await text(page, '#item-text')).toContain('the graph of item 2 after');
    // Every place of a node below the threshold is faded, no other.
    for (const glyph of await page.locator('#sides [data-node]').all()) {
      const p = shown.nodeProbabilities[2 * count + Number(await glyph.getAttribute('data-node'))];
      expect(/\bfaded\b/.test((await glyph.getAttribute('class')) ?? '')).toBe(p < 0.05);
    }
    await page.click('input[value="graph"]');
    expect(await page.locator('#sides [data-node]').count()).toBe(count);
    await hash(page, '#item=2&thought=3&threshold=0.05&pins=1+0');
    await page.evaluate(`location.hash = '#item=3&thought=2'`);
    await expect.poll(() => text(page, '#thought-said')).toBe('2 of 4');
    expect(await text(page, '#item-text')).toContain('the graph of item 3 after');
    await page.close();
  });

  it('magnifies only where it is asked to, and then says so in every drawing', async () => {
    const page = await bench.open('one.html');
    const said = (): Promise<number> => page.locator('#sides svg').filter({ hasText: 'magnified:' }).count();
    expect([await said(), await page.isChecked('#magnify')]).toEqual([0, false]);
    await page.check('#magnify');
    expect(await said()).toBe(1);
    await hash(page, '#item=0&thought=1&scale=magnified');
    await page.uncheck('#magnify');
    expect(await said()).toBe(0);
    await page.close();
  });

  it('sets the same item of another recording beside the first, and says what that does not have', async () => {
    const page = await bench.open('two.html', { hash: '#item=0&thought=2' });
    const other = others.find(({ item }) => item.id === '0');
    await page.hover('#sides [data-recording="1"] [data-node="3"] .outline');
    const [own, its] = await page.locator('#tip dd').allInnerTexts();
    expect(own).toBe(exactFloat(first.nodeProbabilities[nodes + 3]));
    expect(its).toBe(exactFloat(other?.nodeProbabilities[nodes + 3] ?? NaN));
    await page.click('#sides [data-recording="1"] [data-node="3"] .outline');
    expect(await page.locator('#sides .pinned').count()).toBe(2);
    expect(await page.locator('#pins tbody tr').count()).toBe(2);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await text(page, '#sides')).toContain('other model has no thought 4 of this item.');
    await page.evaluate(`location.hash = '#item=1'`);
    await page.waitForSelector('text=other model does not have this item.');
    await page.close();
  });

  it('finds, filters, sorts and chooses items', async () => {
    const page = await bench.open('one.html');
    const ids = (): Promise<string[]> => page.locator('#list [data-item]').allInnerTexts();
    await page.click('#browser summary');
    expect(await ids()).toEqual(records.map(({ item }) => item.id));
    expect(await text(page, '#found')).toBe('12 of 12 items');
    const last = ({ nodeProbabilities, item }: ThoughtRecord, node: number): number =>
      nodeProbabilities[3 * item.names.length + node];
    const isAbove = (record: ThoughtRecord): boolean =>
      last(record, record.item.target) > last(record, record.item.decoy);
    await page.selectOption('#outcome', 'target');
    expect(await ids()).toEqual(records.filter(isAbove).map(({ item }) => item.id));
    await page.selectOption('#outcome', 'all');
    await page.click('[data-sort="target"]');
    await page.click('[data-sort="target"]');
    const sorted = [...records].sort((a, b) => last(b, b.item.target) - last(a, a.item.target));
    expect(await ids()).toEqual(sorted.map(({ item }) => item.id));
    expect(await page.getAttribute('th:has([data-sort="target"])', 'aria-sort')).toBe('descending');
    await page.fill('#search', '11');
    expect(await ids()).toEqual(['11']);
    await page.click('[data-item="11"]');
    expect(await page.getAttribute('[data-item="11"]', 'aria-current')).toBe('true');
    expect(await text(page, '#item-text')).toContain('the graph of item 11 after');
    await page.click('#all-thoughts summary');
    expect(await page.locator('#item-panels svg').count()).toBe(4);
    expect(await page.innerHTML('#item-panels')).toContain('of item 11: node probabilities');
    await page.click('#all-numbers summary');
    await page.waitForSelector(`#item-numbers >> text=${records[11].item.names[4]}`);
    await hash(page, '#item=11&thought=1');
    await page.close();
  });

  it.each([
    ['light', 'graph', `axe.run('#example')`],
    // Only what is drawn differs in the tree, and only colours in the dark.
    ['light', 'tree', `axe.run('#sides')`],
    ['dark', 'graph', `axe.run('#example', { runOnly: ['color-contrast'] })`],
  ] as const)('has no violation that axe knows of (%s, %s)', async (colorScheme, shape, run) => {
    const hash = `#item=0&thought=2&view=${shape}&pins=2+3&threshold=0.02`;
    const page = await bench.open('two.html', { colorScheme, hash, bypassCSP: true });
    await page.click('#browser summary');
    await page.hover('#sides [data-node="3"] .outline');
    await page.screenshot({ path: `out/visualiser-${shape}-${colorScheme}.png`, fullPage: true });
    expect(await violations(page, run)).toEqual([]);
    await page.close();
  });

  it('prints all thoughts and no control', async () => {
    const page = await bench.open('one.html');
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    expect(await page.isVisible('#thought')).toBe(false);
    expect(await page.isVisible('#item-panels svg >> nth=3')).toBe(true);
    expect(await page.isVisible('#sides svg')).toBe(true);
    await page.close();
  });
});
