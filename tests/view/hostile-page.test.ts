import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exactFloat } from '../../src/drawing/numbers.js';
import { pageItems, reportHtml } from '../../src/view/index.js';
import { CHROMIUM, NO_CHROMIUM, PageBench, violations } from './browser.js';
import { noisyRecord, reportInput, reportRecords } from './report-example.js';

const ATTACKS = [
  '</script><img src=x onerror=alert(1)>',
  '<svg/onload=alert(2)>',
  '__proto__',
  'constructor',
  '"\' onmouseover="alert(3)',
  '🥥👩‍👩‍👧',
  '\u202eesrever\u202d',
  'שלום',
  '${alert(4)}{{5}}&lt;',
  '<!--<script>',
  '\u0000\u2028]]>',
];
const [plain, next] = reportRecords(2);
const long = 'x'.repeat(10_000);
const names = plain.item.names.map((name, i) => ATTACKS.at(i) ?? (i === ATTACKS.length ? long : name));
const item = { ...plain.item, id: ATTACKS[0], names };
const hostile = noisyRecord(item, 'hostile');

describe.skipIf(NO_CHROMIUM)(`hostile names in a browser (skipped where there is no ${CHROMIUM})`, () => {
  let bench: PageBench;

  beforeAll(async () => {
    bench = await PageBench.start();
    const input = await reportInput();
    const items = await pageItems({
      records: [next, hostile],
      label: ATTACKS[0],
      drawn: item.id,
      baseline: { records: [hostile], label: ATTACKS[4] },
    });
    await bench.write('hostile.html', reportHtml({ ...input, items }));
  });

  afterAll(() => bench.close());

  it('are text wherever they appear, and run nothing', async () => {
    const page = await bench.open('hostile.html', { bypassCSP: true });
    await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`);
    await page.click('input[value="tree"]');
    await page.click('input[value="graph"]');
    for (const [node, name] of ATTACKS.entries()) {
      await page.locator(`#sides [data-recording="0"] [data-node="${node}"]`).dispatchEvent('click');
      await page.locator(`#sides [data-recording="0"] [data-node="${node}"]`).dispatchEvent('pointerover');
      const shown = await page.locator('#tip b').textContent();
      const expected = name.replaceAll('\u0000', '\ufffd').replace(/[\u202d\u202e]/g, '\ufffd');
      expect(shown?.replace(/[\u2068\u2069]/g, '')).toBe(expected);
      expect(await page.locator('#tip dd').allTextContents()).toEqual(
        Array<string>(2).fill(exactFloat(hostile.nodeProbabilities[node])),
      );
    }
    await page.locator(`#sides [data-recording="0"] [data-node="${ATTACKS.length}"]`).dispatchEvent('pointerover');
    expect(await page.locator('#tip b').textContent()).toBe(long);
    expect(await page.locator('#pins tbody tr').count()).toBe(2 * ATTACKS.length);
    await page.fill('#search', ATTACKS[0]);
    expect(await page.locator('#list tr').count()).toBe(1);
    // Nothing that was a name became an element or an attribute, even with the policy switched off.
    expect(await page.locator('img, svg[onload], [onmouseover], [onerror]').count()).toBe(0);
    expect(await page.evaluate(`document.scripts.length`)).toBe(2);
    // Long names widen nothing but what scrolls.
    const wide = `[...document.querySelectorAll('body *')]
      .filter((e) => e.getBoundingClientRect().right > innerWidth && e.closest('.scroll') === null)
      .map((e) => e.tagName + '#' + e.id + ' ' + e.className + ' ' + e.getBoundingClientRect().right)`;
    expect(await page.evaluate(wide)).toEqual([]);
    expect(await page.evaluate(`document.documentElement.scrollWidth`)).toBe(1280);
    expect(bench.complaints).toEqual([]);
    expect(await violations(page, `axe.run('#example', { runOnly: ['wcag2a'] })`)).toEqual([]);
    await page.evaluate(`document.getElementById('explorer').scrollIntoView()`);
    await page.screenshot({ path: 'out/hostile.png' });
    await page.close();
  });

  it('survive the way through the address', async () => {
    const page = await bench.open('hostile.html');
    await page.click('#step-on');
    // Not `waitForFunction`, which evaluates text in the page: its policy refuses that.
    await expect.poll(() => page.url()).toMatch(/&thought=2$/);
    const hash = await page.evaluate<string>(`location.hash`);
    expect(new URLSearchParams(hash.slice(1)).get('item')).toBe(item.id);
    const again = await bench.open('hostile.html', { hash });
    expect((await again.innerText('#thought-said')).trim()).toBe('2 of 4');
    expect(await again.locator('#item-text').textContent()).toContain('</script><img src=x one…');
    expect(bench.complaints).toEqual([]);
    await page.close();
    await again.close();
  });
});

describe('a report of 500 items', () => {
  it('with six thoughts each and a recording beside it stays below 3 MB', async () => {
    const input = await reportInput();
    const records = reportRecords(500, 6);
    const own = { records, label: 'rec' };
    const one = reportHtml({ ...input, items: await pageItems(own) });
    const two = reportHtml({ ...input, items: await pageItems({ ...own, baseline: own }) });
    // 500 items of some 23 nodes: 6 x 24 numbers of 4 bytes, 4/3 of that in base64.
    expect(Buffer.byteLength(one)).toBeLessThan(1_500_000);
    expect(Buffer.byteLength(two)).toBeLessThan(3_000_000);
  });
});
