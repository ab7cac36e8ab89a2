import { expect, it } from 'vitest';
import { LensError } from '../src/errors.js';

it('LensError reads `subject: what is wrong; what to do` and keeps kind and cause', () => {
  const cause = new Error('disk');
  const error = new LensError('weights.bin', 'too short (3 bytes)', 'download it again', 'usage', cause);
  expect(error.message).toBe('weights.bin: too short (3 bytes); download it again');
  expect(error).toMatchObject({ name: 'LensError', kind: 'usage', cause });
  expect(new LensError('a', 'b').message).toBe('a: b');
  expect(new LensError('a', 'b').kind).toBe('failure');
});
