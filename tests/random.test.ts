import { describe, expect, it } from 'vitest';
import { createRandom } from '../src/random.js';

describe('createRandom', () => {
  it('gives the same sequence for the same seed, forever', () => {
    const random = createRandom(0);
    // Pinned: recordings, fixtures and reports name seeds, so the sequence is part of the format.
    expect([random.integer(1000), random.integer(1000), random.integer(1000)]).toEqual([276, 78, 849]);
    expect(createRandom('0').uniform()).toBe(createRandom(0).uniform());
    expect(createRandom(1).uniform()).not.toBe(createRandom(0).uniform());
  });

  it('forks by label without advancing', () => {
    const random = createRandom('a');
    const first = random.fork('x').uniform();
    expect(random.fork('x').uniform()).toBe(first);
    expect(random.fork('y').uniform()).not.toBe(first);
    expect(random.uniform()).toBe(createRandom('a').uniform());
  });

  it('draws uniforms with mean 1/2 and variance 1/12', () => {
    const random = createRandom('moments');
    const n = 20000;
    const draws = Array.from({ length: n }, () => random.uniform());
    const mean = draws.reduce((a, b) => a + b) / n;
    const variance = draws.reduce((a, b) => a + (b - mean) ** 2, 0) / n;
    // Four standard errors: sqrt(1/12/n) = .002; sqrt(1/180/n) = .0005.
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(0.0082);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.0022);
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draws)).toBeLessThan(1);
  });

  it('draws each integer equally often', () => {
    const random = createRandom('integers');
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 14000; i++) counts[random.integer(7)]++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    // 99.9 % point of chi-square with 6 degrees of freedom.
    expect(chiSquare).toBeLessThan(22.46);
    for (const n of [0, -1, 1.5, 2 ** 32 + 1]) expect(() => random.integer(n)).toThrow(RangeError);
    expect(random.integer(1)).toBe(0);
  });

  it('draws normals with mean 0 and variance 1', () => {
    const random = createRandom('normals');
    const n = 20000;
    const draws = Array.from({ length: n }, () => random.normal());
    const mean = draws.reduce((a, b) => a + b) / n;
    const variance = draws.reduce((a, b) => a + b * b, 0) / n;
    // Four standard errors: 1 / sqrt(n) = .0071; sqrt(2 / n) = .01.
    expect(Math.abs(mean)).toBeLessThan(0.0283);
    expect(Math.abs(variance - 1)).toBeLessThan(0.04);
  });

  it('shuffles in place, every order of three equally often', () => {
    const random = createRandom('shuffle');
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = random.shuffle(['a', 'b', 'c']).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    // 99.9 % point of chi-square with 5 degrees of freedom.
    expect(chiSquare).toBeLessThan(20.52);
  });
});
