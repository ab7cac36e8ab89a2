import { describe, expect, it } from 'vitest';
import { decodeItems, encodeItems, itemsSchema } from '../../src/recording/items-table.js';
import { syntheticRecords } from './synthetic.js';

const rows = syntheticRecords(3, 1, 1).map(({ item, nodeTokens }) => ({ item, nodeTokens }));
const roundTrip = (written: typeof rows): typeof rows =>
  decodeItems(encodeItems(itemsSchema(new Map()), written), 'items.arrow');

describe('the rows of items.arrow', () => {
  it('come back as they were', () => {
    expect(roundTrip(rows)).toEqual(rows);
  });

  it('are refused without exactly one token for each node', () => {
    for (const tokens of [3, 5]) {
      const damaged = rows.with(0, { ...rows[0], nodeTokens: new Int32Array(tokens) });
      expect(() => roundTrip(damaged)).toThrow(
        `items.arrow: item 'item-0' has ${tokens} node tokens for 4 nodes; record again`,
      );
    }
  });

  it('are refused where they name a node that does not exist', () => {
    const damaged = rows.with(1, { ...rows[1], item: { ...rows[1].item, decoy: 5 } });
    expect(() => roundTrip(damaged)).toThrow("items.arrow: item 'item-1' names node 5 of 5; record again");
  });
});
