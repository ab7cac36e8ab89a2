/** A seeded source of random numbers; same seed, same sequence, on every machine. */
export interface Random {
  /** Uniform in [0, 1) with 53 bits. */
  uniform(): number;
  /** Uniform integer in [0, n), without modulo bias. @throws RangeError unless n is an integer in 1..2^32 */
  integer(n: number): number;
  /** Standard normal (Marsaglia polar method). */
  normal(): number;
  /** Shuffles in place (Fisher-Yates) and returns the same array. */
  shuffle<T>(array: T[]): T[];
  /**
   * An independent generator derived from this one's seed and a label; drawing from it does not advance this one.
   *
   * @throws RangeError if the label holds a '/', which separates the labels of nested forks
   */
  fork(label: string): Random;
}

/** FNV-1a over UTF-16 code units, 32 bits. */
function hash(text: string, basis: number): number {
  let h = basis >>> 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return h;
}

/**
 * sfc32 (Chris Doty-Humphrey's small fast counter generator, from PractRand), seeded by hashing the seed's text and
 * discarding the first 20 outputs.
 */
export function createRandom(seed: number | string): Random {
  const text = String(seed);
  let a = hash(text, 0x811c9dc5);
  let b = hash(text, a ^ 0x9e3779b9);
  let c = hash(text, b ^ 0x85ebca6b);
  let d = 1;
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return t >>> 0;
  };
  for (let i = 0; i < 20; i++) next();

  let spare: number | undefined;
  const random: Random = {
    uniform: () => ((next() >>> 5) * 0x4000000 + (next() >>> 6)) / 0x20000000000000,
    integer(n) {
      if (!Number.isInteger(n) || n < 1 || n > 0x100000000)
        throw new RangeError(`integer(n): n is ${n}, not in 1..2^32`);
      const limit = 0x100000000 - (0x100000000 % n);
      for (;;) {
        const x = next();
        if (x < limit) return x % n;
      }
    },
    normal() {
      if (spare !== undefined) {
        const z = spare;
        spare = undefined;
        return z;
      }
      for (;;) {
        const u = 2 * random.uniform() - 1;
        const v = 2 * random.uniform() - 1;
        const s = u * u + v * v;
        if (s > 0 && s < 1) {
          const scale = Math.sqrt((-2 * Math.log(s)) / s);
          spare = v * scale;
          return u * scale;
        }
      }
    },
    shuffle(array) {
      for (let i = array.length - 1; i > 0; i--) {
        const j = random.integer(i + 1);
        [array[i], array[j]] = [array[j], array[i]];
      }
      return array;
    },
    fork(label) {
      if (label.includes('/')) throw new RangeError(`fork(label): '/' in ${label}`);
      return createRandom(`${text}/${label}`);
    },
  };
  return random;
}
