import { describe, expect, it } from 'vitest';
import { python, torchPython } from './python.js';

describe.skipIf(torchPython === undefined)('fixtures/golden, against PyTorch (skipped without python3-torch)', () => {
  it('is what PyTorch computes here and now', () => {
    const { code, output } = python('tests/reference/write_golden.py', ['--check']);
    expect(output).toContain('symbolic: float64 within');
    expect(output).toContain('english: float64 within');
    expect(code, output).toBe(0);
  });
});
