import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { estimateNumber, fixed } from '../../src/drawing/numbers.js';
import { frontierRows, isExact, readFrontier } from '../../src/readout/index.js';
import { pageItems, reportHtml, type ReportInput } from '../../src/view/index.js';
import { readoutCsv } from '../../src/readout/kit/csv.js';
import { decodeItem, type PageData } from '../../src/view/page-data.js';
import { pageScript } from '../../src/view/page-script.js';
import { reportInput, reportRecords } from './report-example.js';

const input = await reportInput();
const example = reportRecords()[0];
const page = reportHtml(input);

/** The page without what stands in its script elements: none of that is markup. */
function withoutScripts(html: string): string {
  return html.replace(/(<script[^>]*>)[^]*?(<\/script>)/g, '$1$2');
}

/** The decoded data of a download link. */
function download(html: string, file: string): string {
  const match = new RegExp(`download="${file}" href="data:[^,]+,([^"]*)"`).exec(html);
  if (match === null) throw new Error(`no link to ${file}`);
  return decodeURIComponent(match[1]);
}

describe('reportHtml', () => {
  it('is the same text for the same input', () => {
    expect(reportHtml(input)).toBe(page);
  });

  it('loads nothing, and runs nothing but the script and the style that its policy names by their hashes', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    const hash = (text: string | undefined): string =>
      `'sha256-${createHash('sha256')
        .update(text ?? '')
        .digest('base64')}'`;
    const style = /<style>([^]*?)<\/style>/.exec(page)?.[1];
    const script = /<script>([^]*?)<\/script>/.exec(page)?.[1];
    expect(policy).toBe(
      `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`,
    );
    expect(script).toBe(pageScript());
    const rest = withoutScripts(page);
    expect(rest.match(/<script[^>]*>/g)).toEqual([
      '<script type="application/json" id="report-data" data-drawn="0">',
      '<script>',
    ]);
    expect(rest).not.toMatch(/<link|<img|<iframe|@import|url\(|javascript:|\son\w+=/i);
    const addresses = [...rest.matchAll(/(?:href|src)="([^"]{0,12})/g)].map((match) => match[1]);
    expect(addresses.every((address) => address.startsWith('data:'))).toBe(true);
    // Namespace names are not addresses; nothing else in the page looks like one.
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\//);
  });

  it('holds its items to the last bit', () => {
    const text = /id="report-data"[^>]*>([^]*?)<\/script>/.exec(page)?.[1] ?? '';
    const data = JSON.parse(text) as PageData;
    expect(data.items).toHaveLength(30);
    reportRecords().forEach(({ item, nodeProbabilities, offGraphMass }, index) => {
      const { item: held, recordings } = decodeItem(data, index);
      expect(held).toEqual({ ...item, fileEdgeOrder: undefined });
      expect(recordings[0]?.nodes.flatMap((row) => [...row])).toEqual([...nodeProbabilities]);
      expect(recordings[0]?.offGraph).toEqual(offGraphMass);
    });
  });

  it('carries the whole provenance', () => {
    const { metadata } = input;
    for (const part of [
      metadata.command,
      input.provenance.command,
      input.provenance.recording.files['items.arrow'].sha256,
      input.provenance.recording.files['thoughts.arrow'].sha256,
      '<dt>layerNormEpsilon</dt><dd><code>0.00001</code></dd>',
      '<dt>resamples</dt><dd><code>60</code></dd>',
      'Written by coconut-lens 0.2.0.',
      metadata.model.path,
      metadata.model.sha256,
      metadata.items.path,
      metadata.items.sha256,
      `n = ${metadata.items.count}`,
      'cpu 4.22.0',
      '1 thread, float32',
      'seed 7; bootstrap seed 1',
      'firstToken',
      '<dt>batchSize</dt><dd><code>8</code></dd>',
      '<dt>node</dt><dd><code>20.19.0</code></dd>',
      '60 bootstrap resamples',
    ]) {
      expect(page).toContain(part);
    }
  });

  it('names the tokenizer and the hashes of its files', () => {
    const files = { 'tokenizer.json': 'e5'.repeat(32) };
    const tokenizer = {
      name: 'models/tiny/tokenizer.json',
      package: '@huggingface/tokenizers',
      version: '0.2.0',
      files,
    };
    const html = reportHtml({
      ...input,
      metadata: { ...input.metadata, model: { ...input.metadata.model, tokenizer } },
    });
    expect(html).toContain('<code>models/tiny/tokenizer.json (@huggingface/tokenizers 0.2.0)</code>');
    expect(html).toContain(`<dt>tokenizer.json SHA-256</dt><dd><code>${'e5'.repeat(32)}</code></dd>`);
  });

  it('shows warnings if there are any', () => {
    expect(page).not.toContain('class="warnings"');
    const warned = reportHtml({ ...input, metadata: { ...input.metadata, warnings: ['2 < 3 items'] } });
    expect(warned).toContain('<li>2 &lt; 3 items</li>');
  });

  it('shows every estimate of the readout with its interval', () => {
    for (const row of frontierRows(input.readout)) {
      // Sizes of groups are printed as the number of their nodes; totals per class are a sum of the mass table.
      if (row.quantity === 'size' || row.quantity === 'tokens' || (row.quantity === 'mass' && row.group !== 'mass'))
        continue;
      const decimals =
        row.quantity.startsWith('logit') || row.group === 'breadth' ? 2 : row.quantity === 'probability' ? 4 : 3;
      const cell = `<td><b>${estimateNumber(row.value, decimals)}</b><small>`;
      expect(page, `${row.thought} ${row.group} ${row.quantity}`).toContain(
        row.low === null
          ? cell
          : isExact(row)
            ? `${cell}[=]`
            : `${cell}[${estimateNumber(row.low, decimals)}, ${estimateNumber(row.high, decimals)}]`,
      );
    }
  });

  it('puts chance beside the mass: what equal probability for all tokens would give', () => {
    const table = page.slice(page.indexOf('<span id="mass">'), page.indexOf('<h3>Separation</h3>'));
    const rows = [...table.matchAll(/<tr><th scope="row">(\d)<\/th>(.*?)<\/tr>/g)];
    expect(rows).toHaveLength(4);
    for (const [, thought, cells] of rows) {
      const uniform = [...cells.matchAll(/uniform ([\d.]+)/g)].map((match) => match[1]);
      const { classes } = input.readout.perThought[Number(thought) - 1];
      const share = (...names: string[]): number =>
        classes.filter(({ name }) => names.includes(name)).reduce((sum, { size }) => sum + (size.value ?? NaN), 0) / 40;
      const onGraph = [
        share('frontierOptimal', 'frontierOther'),
        share('expanded'),
        share('reachableLater'),
        share('otherRoot', 'unreachable'),
      ];
      const offGraph = 1 - onGraph.reduce((sum, part) => sum + part);
      expect(uniform).toEqual([...onGraph, offGraph].map((part) => fixed(part)));
    }
  });

  it('counts a token that nodes share once in the mass that chance gives', async () => {
    // Nodes 0 -> 1, 2 -> 3 of four: 1 and 3 share a token, so the root's single child has half a token of 40.
    const item = { ...example.item, names: ['A', 'b', 'C', 'd'], edges: [[0, 1], [2, 3]], root: 0, target: 1, decoy: 3, path: [0, 1] } as const; // prettier-ignore
    const record = {
      ...example,
      item: { ...item, candidates: [1, 3] as const },
      count: 1,
      nodeTokens: Int32Array.of(0, 1, 2, 1),
      nodeLogits: new Float32Array(4),
      nodeProbabilities: new Float32Array(4).fill(0.025),
      offGraphMass: Float32Array.of(0.925),
    };
    const readout = await readFrontier([record], { seed: 1, resamples: 1 });
    const html = reportHtml({ ...input, readout, items: await pageItems({ records: [record], label: 'rec' }) });
    const uniform = [...html.matchAll(/uniform ([\d.]+)/g)].map((match) => match[1]);
    // 0.5, 1, 0, 1.5 and 37 tokens of 40: the masses themselves, because all tokens are equal here.
    expect(uniform).toEqual([0.0125, 0.025, 0, 0.0375, 0.925].map((mass) => fixed(mass)));
    // Whole names have no such level.
    expect(reportHtml({ ...input, readout: { ...readout, scorer: 'sequence' } })).not.toMatch(/<small>uniform/);
  });

  it('has the words of the scorer that read the nodes', async () => {
    // Ids and the keys of the downloads are the same for both.
    const texts = (html: string): string => withoutScripts(html).replace(/<[^>]*>/g, '');
    const ofSequence = texts(reportHtml(await reportInput('sequence')));
    expect(ofSequence).not.toMatch(/logit|LM.head|tokens that name no node/i);
    expect(ofSequence).toContain(
      'V, the value of a node, is the product of the probabilities of all tokens of its name.',
    );
    expect(ofSequence.match(/log V/g)?.length).toBeGreaterThan(5);
    expect(texts(page)).toContain('Every thought goes through the LM head');
    expect(texts(page)).toContain('AUC of the LM-head logit inside each graph');
    expect(texts(page)).not.toMatch(/log V|value of a node/);
  });

  it('defines its groups and says what it does not show', () => {
    expect(page).toContain('How the groups of nodes are defined');
    expect(page).toContain('breadth-first depth c, and on a shortest path from the root to the target');
    expect(page).toContain('What this does not show');
  });

  it('draws the example after every thought and lists its numbers', () => {
    expect(withoutScripts(page).match(/<figcaption>/g)).toHaveLength(4);
    expect(page).toContain(`Is ${example.item.names[example.item.root]} a `);
    for (const p of example.nodeProbabilities) expect(page).toContain(fixed(p, 4));
  });

  it('has no id twice', () => {
    const ids = [...withoutScripts(page).matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('hands out its numbers as CSV and JSON', () => {
    const rows = frontierRows(input.readout);
    expect(download(page, 'frontier.csv')).toBe(readoutCsv(rows));
    const json = JSON.parse(download(page, 'frontier.json')) as ReportInput;
    expect(json).toMatchObject({ kind: 'frontier', ...input.provenance });
    expect(json.readout).toEqual(input.readout);
    expect(json.metadata).toEqual(input.metadata);
  });

  it('escapes hostile names, paths and settings wherever they appear', async () => {
    const attack = `</script></style><b onclick="x">'&`;
    const names = example.item.names.map((name, i) => (i % 2 === 0 ? name : `${attack}${i}`));
    const hostile: ReportInput = {
      provenance: { ...input.provenance, command: attack, config: { item: attack } },
      readout: { ...input.readout, prefix: attack },
      metadata: {
        ...input.metadata,
        command: attack,
        config: { [attack]: attack },
        warnings: [attack],
        model: { ...input.metadata.model, path: attack, description: attack },
        items: { ...input.metadata.items, path: attack },
      },
      items: await pageItems({
        records: [{ ...example, item: { ...example.item, id: attack, names } }],
        label: attack,
      }),
    };
    const html = reportHtml(hostile);
    expect(html).not.toContain('<b onclick');
    expect(withoutScripts(html).match(/<\/style>/g)).toHaveLength(1);
    expect(html.match(/<\/script>/g)).toHaveLength(2);
    expect(html).toContain('&lt;/script&gt;&lt;/style&gt;&lt;b onclick=&quot;x&quot;&gt;&#39;&amp;');
    expect(JSON.parse(download(html, 'frontier.json'))).toMatchObject({ command: attack });
  });
});

describe('readoutCsv', () => {
  it('quotes what needs it, keeps full precision and leaves undefined numbers empty', () => {
    const row = { thought: 1, group: 'a,"b"', quantity: 'q', value: 1 / 3, low: null, high: null, n: 2, clusters: 2 };
    expect(readoutCsv([row])).toBe(
      'thought,group,quantity,value,low,high,n,clusters\r\n1,"a,""b""",q,0.3333333333333333,,,2,2\r\n',
    );
  });
});
