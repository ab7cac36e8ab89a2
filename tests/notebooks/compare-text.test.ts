import { describe, expect, it } from 'vitest';
import { difference } from './compare-text.js';

describe('difference', () => {
  it.each([
    ['.714 [.691 .742]', '.715 [.690 .742]'],
    ['n = 32   1.00 [=]', 'n = 32   .99 [=]'],
    ['3.3e-27', '8.1e-29'],
    ['5.7e-4', '5.8e-4'],
    ['x="12.34"', 'x="12.35"'],
  ])('lets the last digit of %s be that of %s', (expected, actual) => {
    expect(difference(expected, actual)).toBeUndefined();
  });

  it.each([
    ['.714', '.716'],
    ['32 items', '33 items'],
    ['-.031', '.031'],
    ['supports', 'contradicts'],
    ['5.7e-4', '5.7e-5'],
    ['.714', '-'],
    ['a\nb', 'a'],
    ['a', 'a\nb'],
  ])('finds that %j is not %j', (expected, actual) => {
    expect(difference(expected, actual)).toBeDefined();
  });

  it('names the line', () => {
    expect(difference('a\n.50\nc', 'a\n.90\nc')).toBe('line 2: expected ".50", got ".90"');
  });
});
