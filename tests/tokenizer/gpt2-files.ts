import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ranks from 'gpt-tokenizer/bpeRanks/r50k_base';
import { BYTE_CHARACTERS } from '../../src/tokenizer/byte-characters.js';

export interface Gpt2Files {
  readonly vocab: Record<string, number>;
  /** `left right`, best first. */
  readonly merges: string[];
}

/**
 * GPT-2's vocab.json and merges.txt, recovered from the ranks: the ranks are in the order of the merges, so the pair
 * that a token was merged from is what its bytes come to under the merges before it.
 */
export function gpt2Files(): Gpt2Files {
  const tokens = ranks.map((token) =>
    Array.from(typeof token === 'string' ? Buffer.from(token) : token, (byte) => BYTE_CHARACTERS[byte]).join(''),
  );
  const rank = new Map(tokens.map((token, id) => [token, id]));
  const merges = tokens.slice(256).map((token, i) => {
    const parts = Array.from(token);
    while (parts.length > 2) {
      let best = -1;
      let bestRank = 256 + i;
      for (let at = 0; at + 1 < parts.length; at++) {
        const found = rank.get(parts[at] + parts[at + 1]) ?? Infinity;
        if (found < bestRank) [best, bestRank] = [at, found];
      }
      parts.splice(best, 2, parts[best] + parts[best + 1]);
    }
    return parts.join(' ');
  });
  return { vocab: Object.fromEntries([...rank, ['<|endoftext|>', 50256]]), merges };
}

const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true };

/** A tokenizer.json of the given vocabulary, as Hugging Face publishes GPT-2's; `changes` replace top-level fields. */
export function tokenizerJson({ vocab, merges }: Gpt2Files, changes: object = {}): object {
  const end = { content: '<|endoftext|>', single_word: false, lstrip: false, rstrip: false, normalized: true };
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [{ id: vocab['<|endoftext|>'], special: true, ...end }],
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: byteLevel,
    decoder: byteLevel,
    model: { dropout: null, unk_token: null, continuing_subword_prefix: '', end_of_word_suffix: '', vocab, merges },
    ...changes,
  };
}

/** Every byte, `ab`, `abc` and the end token: the smallest vocabulary that is GPT-2's kind. */
export function smallFiles(): Gpt2Files {
  const texts = [...BYTE_CHARACTERS, 'ab', 'abc', '<|endoftext|>'];
  return { vocab: Object.fromEntries(texts.map((text, id) => [text, id])), merges: ['a b', 'ab c'] };
}

/** A new folder with these files; what is not text or bytes is written as JSON. */
export function folderOf(files: Readonly<Record<string, unknown>>): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'coconut-lens-tokenizer-'));
  for (const [name, content] of Object.entries(files)) {
    const ready = typeof content === 'string' || content instanceof Uint8Array;
    writeFileSync(join(folder, name), ready ? content : JSON.stringify(content));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
