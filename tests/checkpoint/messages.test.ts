import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeIssues, quote, showShape } from '../../src/checkpoint/messages.js';

describe('text of a file inside a message', () => {
  it('is quoted, escaped and cut', () => {
    expect(quote('a"\n\u0007')).toBe(String.raw`"a\"\n\u0007"`);
    expect(quote('x'.repeat(101))).toBe(`"${'x'.repeat(100)}..."`);
  });

  it('shows eight axes of a shape at most', () => {
    expect(showShape([])).toBe('[]');
    expect(showShape([1, 2, 3, 4, 5, 6, 7, 8])).toBe('[1, 2, 3, 4, 5, 6, 7, 8]');
    expect(showShape([1, 2, 3, 4, 5, 6, 7, 8, 9])).toBe('[1, 2, 3, 4, 5, 6, 7, 8, ...]');
  });

  it('puts what zod found on one line, twenty findings at most', () => {
    const describeFailure = (schema: z.ZodType, value: unknown): string =>
      describeIssues(schema.safeParse(value).error ?? new z.ZodError([]));
    expect(describeFailure(z.object({ a: z.object({ b: z.literal(1) }) }), { a: { b: 2 } })).toMatch(/^a\.b: [^\n;]+$/);
    expect(describeFailure(z.strictObject({}), { 'x\ny': 1 })).toMatch(/^[^\n]*x\\ny[^\n]*$/);
    expect(describeFailure(z.array(z.string()), new Array(25).fill(0))).toMatch(/; 19: [^;]+; 5 more$/);
  });
});
