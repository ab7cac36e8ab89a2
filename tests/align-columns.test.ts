import { describe, expect, it } from 'vitest';
import { alignColumns } from '../src/align-columns.js';

describe('alignColumns', () => {
  it('aligns words left and numbers right', () => {
    const text = alignColumns([['name', 'n', 'rate'], ['a', '300', '.5'], ['longer', '7', '-.25']], 1); // prettier-ignore
    expect(text).toBe('name      n  rate\na       300    .5\nlonger    7  -.25');
  });
});
