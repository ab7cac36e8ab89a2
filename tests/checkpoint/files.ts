import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of its own, removed when the running test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'coconut-lens-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes bytes to a file of its own, removed when the running test ends, and returns its path. */
export function temporaryFile(bytes: Uint8Array | string, name = 'weights.safetensors'): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

/** A safetensors file put together by hand: length field, header (JSON text or what to stringify), data. */
export function safetensors(header: unknown, data: ArrayLike<number> = [], headerLength?: number | bigint): Buffer {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const field = Buffer.alloc(8);
  field.writeBigUInt64LE(BigInt(headerLength ?? text.length));
  return Buffer.concat([field, text, Buffer.from(Uint8Array.from(data))]);
}

/** Little-endian bytes of float32 values. */
export function float32Bytes(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => bytes.writeFloatLE(value, 4 * i));
  return bytes;
}
