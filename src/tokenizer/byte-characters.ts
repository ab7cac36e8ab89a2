/**
 * The printable character that stands for each byte in GPT-2's vocabulary files (Radford et al. 2019): itself where it
 * is visible in Latin-1, else the next one from U+0100 on, so that a space is written as U+0120.
 */
export const BYTE_CHARACTERS: readonly string[] = byteCharacters();

function byteCharacters(): string[] {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => {
    const visible = (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
    return String.fromCharCode(visible ? byte : next++);
  });
}
