/** A pickle written by hand: bytes, and the text of the operations that are letters. */
export function pickle(...parts: (string | number | Uint8Array)[]): Buffer {
  const bytes = parts.map((part) =>
    typeof part === 'number' ? Buffer.of(part) : typeof part === 'string' ? Buffer.from(part, 'latin1') : part,
  );
  return Buffer.concat([Buffer.of(0x80, 2), ...bytes, Buffer.from('.')]);
}

/** Pushes a string (BINUNICODE). */
export function text(value: string): Buffer {
  const body = Buffer.from(value);
  const head = Buffer.alloc(5, 'X');
  head.writeUInt32LE(body.length, 1);
  return Buffer.concat([head, body]);
}

/** Pushes an integer (LONG1, eight bytes and a zero for the sign). */
export function integer(value: number | bigint): Buffer {
  const body = Buffer.alloc(11);
  body[0] = 0x8a;
  body[1] = 9;
  body.writeBigUInt64LE(BigInt(value), 2);
  return body;
}

/** Pushes a tuple of what the parts push. */
export function tuple(...parts: Uint8Array[]): Buffer {
  return Buffer.concat([Buffer.from('('), ...parts, Buffer.from('t')]);
}

/** Pushes a tensor of float32: a view of storage `key`, which is said to have `elements`. */
export function tensor(
  key: string,
  elements: number | bigint,
  shape: readonly (number | bigint)[],
  strides: readonly (number | bigint)[],
  offset: number | bigint = 0,
): Buffer {
  const storage = tuple(
    text('storage'),
    Buffer.from('ctorch\nFloatStorage\n'),
    text(key),
    text('cpu'),
    integer(elements),
  );
  const args = tuple(
    Buffer.concat([storage, Buffer.from('Q')]),
    integer(offset),
    tuple(...shape.map(integer)),
    tuple(...strides.map(integer)),
    Buffer.of(0x89),
    Buffer.from('N'),
  );
  return Buffer.concat([Buffer.from('ctorch._utils\n_rebuild_tensor_v2\n'), args, Buffer.from('R')]);
}

/** A pickle of one dict. */
export function dictPickle(entries: Readonly<Record<string, Uint8Array>>): Buffer {
  return pickle('}', ...Object.entries(entries).flatMap(([name, value]) => [text(name), value, 's']));
}
