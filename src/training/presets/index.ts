import { full } from './full.js';
import { gpt2Prosqa } from './gpt2-prosqa.js';
import { small } from './small.js';
import { superposition2l } from './superposition-2l.js';

/** Configurations by name; each says what it is for, or whose it is. */
export const PRESETS = {
  small,
  full,
  'gpt2-prosqa': gpt2Prosqa,
  'superposition-2l': superposition2l,
} as const;
