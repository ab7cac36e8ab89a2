import { describe, expect, it } from 'vitest';
import { chooseItems, listItem, type ListChoice } from '../../src/view/item-list.js';
import { massParts } from '../../src/view/mass-parts.js';
import { decodeItem, encodePage, scriptJson } from '../../src/view/page-data.js';
import { MOST_ITEMS, pageItems } from '../../src/view/page-items.js';
import { formatState, parseState, type PageState } from '../../src/view/page-state.js';
import { pinTable } from '../../src/view/pin-table.js';
import { shownThoughts } from '../../src/view/shown-item.js';
import { ITEM, RECORD } from './example.js';
import { reportRecords } from './report-example.js';

const shown = { item: ITEM, recordings: [shownThoughts(RECORD)] };
const records = reportRecords(6);

/** Records under other ids. */
function renamed(ids: readonly string[]): typeof records {
  return ids.map((id, i) => ({ ...records[i % 6], item: { ...records[i % 6].item, id } }));
}

describe('encodePage', () => {
  it('keeps items and numbers to the last bit, a recording that lacks the item included', () => {
    const hostile = {
      ...ITEM,
      id: '__proto__',
      names: ITEM.names.map((name, i) => (i === 3 ? '</script>"\\\u2028' : name)),
    };
    const both = { item: hostile, recordings: [shownThoughts(RECORD), undefined] };
    const data = JSON.parse(scriptJson(encodePage(['a', 'b'], [both]))) as ReturnType<typeof encodePage>;
    expect(decodeItem(data, 0)).toEqual(both);
    expect(scriptJson(encodePage(['a', 'b'], [both]))).not.toContain('<');
  });
});

describe('massParts', () => {
  it('sums the classes of each thought; with what is off the graph they make 1', () => {
    // Thought 2 gives .9 / 5 to Tom, the two of depth 1 and the two of depth 2.
    const [, second] = massParts(ITEM, shown.recordings[0]);
    expect(second.frontier).toBeCloseTo(0.36, 6);
    expect(second.expanded).toBeCloseTo(0.54, 6);
    expect([second.later, second.never]).toEqual([0, 0]);
    expect(second.offGraph).toBeCloseTo(0.1, 6);
  });
});

describe('the state in the address', () => {
  const data = encodePage(['rec'], [shown, { ...shown, item: { ...ITEM, id: 'a&b=#<' } }]);
  const usual: PageState = { item: 0, thought: 1, shape: 'graph', magnified: false, threshold: 0, pins: [] };
  const parse = (hash: string): PageState => parseState(hash, data, () => 3, usual);

  it('survives the way into an address and back', () => {
    for (const state of [
      usual,
      { item: 1, thought: 3, shape: 'tree', magnified: true, threshold: 0.05, pins: [8, 2] } satisfies PageState,
    ]) {
      expect(parse(`#${formatState(state, data)}`)).toEqual(state);
    }
    expect(formatState(usual, data)).toBe('item=example&thought=1');
  });

  it.each([
    '',
    '#',
    '#item=none&pins=1',
    '#thought=0',
    '#thought=4',
    '#thought=1e0',
    '#pins=9+-1+x',
    '#threshold=.03&view=x',
  ])('takes what does not fit the page as nothing: %s', (hash) => expect(parse(hash)).toEqual(usual));
});

describe('pageItems', () => {
  it('holds the first items and the one that is drawn', async () => {
    const many = renamed(Array.from({ length: MOST_ITEMS + 9 }, (_, i) => `i${i}`));
    const page = await pageItems({ records: many, label: 'rec', drawn: `i${MOST_ITEMS + 3}` });
    expect(page.shown).toHaveLength(MOST_ITEMS + 1);
    expect(page.shown[page.drawn].item.id).toBe(`i${MOST_ITEMS + 3}`);
    expect(page.total).toBe(MOST_ITEMS + 9);
  });

  it('puts the same item of the other recording beside each, whatever its order', async () => {
    const baseline = { records: [records[2], records[0]], label: 'other' };
    const { shown: items } = await pageItems({ records, label: 'rec', baseline });
    expect(items.map(({ recordings }) => recordings[1] !== undefined)).toEqual([
      true,
      false,
      true,
      false,
      false,
      false,
    ]);
    expect(items[2].recordings[1]).toEqual(shownThoughts(records[2]));
  });

  it('refuses a recording of other items, and an item that is not there', async () => {
    const plan = { records: records.slice(0, 2), label: 'rec' };
    const swapped = { ...records[0], item: { ...records[0].item, target: records[0].item.decoy } };
    await expect(pageItems({ ...plan, baseline: { records: [swapped], label: 'other' } })).rejects.toThrow(
      `--baseline: item ${records[0].item.id} of other is another question; give a recording of the same items`,
    );
    await expect(pageItems({ ...plan, baseline: { records: renamed(['x']), label: 'other' } })).rejects.toThrow(
      '--baseline: other has none of the items',
    );
    await expect(pageItems({ ...plan, drawn: 'x' })).rejects.toThrow('--item: rec has no such item (x)');
  });
});

describe('the list of items', () => {
  const listed = records.map((record, i) => listItem({ item: record.item, recordings: [shownThoughts(record)] }, i));
  const all: ListChoice = { search: '', outcome: 'all', sort: 'index', descending: false };
  const ids = (choice: Partial<ListChoice>): number[] =>
    chooseItems(listed, { ...all, ...choice }).map(({ index }) => index);

  it('says what the last thought gives to the candidates', () => {
    const item = listItem(shown, 0);
    // After thought 3 every node within 3 hops has .9 / 6; the decoy is out of reach.
    expect(item.target).toBeCloseTo(0.15, 6);
    expect(item).toMatchObject({ id: 'example', depth: 3, nodes: 9, decoy: 0, outcome: 'target' });
    // F_1, F_2, F_3 have 2 of 3, 2 of 5 and 1 of 6 nodes that share .9.
    expect(item.frontier).toBeCloseTo((0.6 + 0.36 + 0.15) / 3, 6);
    const equal = { ...RECORD, nodeProbabilities: RECORD.nodeProbabilities.map((p, i) => (i % 9 === 6 ? 0 : p)) };
    const offGraphMass = Float32Array.of(0.1, 0.1, 0.25);
    const thoughts = shownThoughts({ ...equal, offGraphMass });
    expect(listItem({ item: ITEM, recordings: [thoughts] }, 0).outcome).toBe('equal');
  });

  it('filters by outcome, and outcomes cover all items', () => {
    const parts = (['target', 'decoy', 'equal'] as const).map((outcome) => ids({ outcome }));
    expect(parts.flat().sort()).toEqual([0, 1, 2, 3, 4, 5]);
    for (const index of parts[0]) expect(listed[index].target).toBeGreaterThan(listed[index].decoy);
    for (const index of parts[1]) expect(listed[index].target).toBeLessThan(listed[index].decoy);
  });

  it('finds ids and names whatever their case, and nothing by accident', () => {
    const items = listed.map((item) => (item.index === 4 ? { ...item, names: [...item.names, 'Zorquax'] } : item));
    const found = (search: string): number[] => chooseItems(items, { ...all, search }).map(({ index }) => index);
    expect(found(' zORQ ')).toEqual([4]);
    expect(found(listed[2].id)).toContain(2);
    expect(found('no such name')).toEqual([]);
  });

  it('sorts both ways, equal ones in the order of the recording', () => {
    const up = ids({ sort: 'decoy' }).map((index) => listed[index].decoy);
    expect(up).toEqual([...up].sort((a, b) => a - b));
    expect(ids({ sort: 'decoy', descending: true })).toEqual([...ids({ sort: 'decoy' })].reverse());
    const same = listed.map((item) => ({ ...item, depth: 3 }));
    const sorted = chooseItems(same, { ...all, sort: 'depth', descending: true });
    expect(sorted.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe('pinTable', () => {
  it('has every probability of the pinned nodes and a line from 0 to 1, magnified where asked', () => {
    const both = { item: ITEM, recordings: [shown.recordings[0], undefined] };
    const state = { pins: [6, 8], thought: 3, magnified: false };
    const table = pinTable(both, ['a', 'b'], state).text;
    expect(table.match(/<tr><th scope="row">/g)).toHaveLength(2);
    expect(table).toContain(
      'lempus <small>target</small> <small>a</small></th><td>0.0000</td><td>0.0000</td><td class="now"><b>0.1500</b></td>',
    );
    // 140 x 26 with 4 inside: x = 4, 70, 136; y = 22 - .15 * 18.
    expect(table).toContain('<path d="M4,22L70,22L136,19.3"/><circle cx="136" cy="19.3" r="3"/>');
    // The largest is .9 / 3, a little above .3 in single precision, so the scale ends at .4: y = 22 - .375 * 18.
    const magnified = pinTable(both, ['a', 'b'], { ...state, magnified: true }).text;
    expect(magnified).toContain('0 to 0.4 (magnified)');
    expect(magnified).toContain('<path d="M4,22L70,22L136,15.25"/>');
    expect(pinTable(shown, ['a'], { ...state, pins: [] }).text).toBe('');
  });
});
