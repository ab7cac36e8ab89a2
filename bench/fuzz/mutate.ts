/** Seeded damage: what a broken disk, a wrong program or an attacker leaves in a file. */
import type { Random } from '../../src/random.js';

/** One kind of damage to bytes. */
type Damage = (random: Random, bytes: Buffer) => Buffer;

const at = (random: Random, bytes: Buffer): number => random.integer(Math.max(bytes.length, 1));

const DAMAGE: readonly Damage[] = [
  // A flipped bit, a few random bytes, a run of zeros, a large number, an end too early.
  (random, bytes) => {
    const damaged = Buffer.from(bytes);
    if (bytes.length > 0) damaged[at(random, bytes)] ^= 1 << random.integer(8);
    return damaged;
  },
  (random, bytes) => {
    const damaged = Buffer.from(bytes);
    for (let i = 0, from = at(random, bytes); i < 4 && from + i < damaged.length; i++)
      damaged[from + i] = random.integer(256);
    return damaged;
  },
  (random, bytes) => {
    const damaged = Buffer.from(bytes);
    const from = at(random, bytes);
    return damaged.fill(0, from, Math.min(from + 1 + random.integer(64), damaged.length));
  },
  (random, bytes) => {
    const damaged = Buffer.from(bytes);
    const from = Math.floor(at(random, bytes) / 4) * 4;
    if (from + 4 <= damaged.length) damaged.writeInt32LE([2 ** 31 - 1, -1, 2 ** 30, 65_536][random.integer(4)], from);
    return damaged;
  },
  (random, bytes) => bytes.subarray(0, at(random, bytes)),
  // A part that is missing, twice there, or strange.
  (random, bytes) => {
    const from = at(random, bytes);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + 1 + random.integer(32))]);
  },
  (random, bytes) => {
    const from = at(random, bytes);
    const part = bytes.subarray(from, from + 1 + random.integer(64));
    return Buffer.concat([bytes.subarray(0, from), part, bytes.subarray(from)]);
  },
  (random, bytes) => {
    const from = at(random, bytes);
    return Buffer.concat([bytes.subarray(0, from), Buffer.from(hostileText(random)), bytes.subarray(from)]);
  },
];

/** Damages a file's bytes in one to three places. */
export function damageBytes(random: Random, bytes: Buffer): Buffer {
  let damaged = bytes;
  for (let i = 0, times = 1 + random.integer(3); i < times; i++)
    damaged = DAMAGE[random.integer(DAMAGE.length)](random, damaged);
  return damaged;
}

/** Puts a value of another kind into one place of a JSON text; damages its bytes where it is none. */
export function damageJson(random: Random, bytes: Buffer): Buffer {
  if (random.integer(4) === 0) return damageBytes(random, bytes);
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString());
  } catch {
    return damageBytes(random, bytes);
  }
  const places: [object, string][] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, child] of Object.entries(node)) {
      places.push([node, key]);
      visit(child);
    }
  };
  visit(value);
  if (places.length === 0) return damageBytes(random, bytes);
  const [parent, key] = places[random.integer(places.length)];
  const holder = parent as Record<string, unknown>;
  // Text that no JavaScript value has goes in as it stands.
  const mark = '"@@place@@"';
  const raw = RAW[random.integer(RAW.length)](random);
  switch (random.integer(3)) {
    case 0:
      Reflect.deleteProperty(holder, key);
      break;
    case 1:
      holder[key] = JSON.parse(mark);
      break;
    default:
      if (Array.isArray(parent)) parent.push(JSON.parse(mark));
      else holder[hostileText(random)] = JSON.parse(mark);
  }
  return Buffer.from(JSON.stringify(value).replaceAll(mark, () => raw));
}

/** JSON texts of values that nobody expects. */
const RAW: readonly ((random: Random) => string)[] = [
  () => 'null',
  () => 'true',
  () => '-1',
  () => '0.5',
  () => '1e999',
  () => '9007199254740993',
  () => 'NaN',
  () => '""',
  () => '[]',
  () => '{}',
  () => '[[[[0]]]]',
  () => '{"__proto__": {"polluted": true}}',
  (random) => '['.repeat(20_000) + ']'.repeat(random.integer(2) * 20_000),
  (random) => JSON.stringify(hostileText(random)),
  () => JSON.stringify('x'.repeat(200_000)),
  (random) => JSON.stringify('/'.concat('../'.repeat(random.integer(8)), 'etc/passwd')),
];

/** Texts that do something to a terminal, a path or a table. */
function hostileText(random: Random): string {
  const texts = [
    '\u001b]0;title\u0007',
    '\u001b[2J\u001b[31m',
    '\u009b31m',
    '\u202eevil\u2066',
    'line\nbreak\r\ttab',
    '\u0000',
    '__proto__',
    '..',
    '\ud800',
    'a,b"c',
    '🙂'.repeat(50),
  ];
  return texts[random.integer(texts.length)];
}
