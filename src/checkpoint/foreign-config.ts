import { LensError } from '../errors.js';

/**
 * Refuses the configuration of another architecture by its name, before its keys are compared with GPT-2's.
 *
 * @throws LensError if it says that it is of another, or has none of GPT-2's sizes
 */
export function refuseForeignConfig(subject: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const { model_type: type, architectures } = value as Readonly<Record<string, unknown>>;
  const [architecture] = Array.isArray(architectures) ? (architectures as unknown[]) : [];
  if (typeof type === 'string' && type !== 'gpt2') {
    const name = typeof architecture === 'string' ? `"${type}", ${architecture}` : `"${type}"`;
    throw new LensError(
      subject,
      `is of another architecture (${name})`,
      'Coconut checkpoints of GPT-2 (model_type "gpt2") are read; others cannot be run here',
    );
  }
  const keys = Object.keys(value);
  if (type !== undefined || keys.some((key) => ['n_embd', 'n_layer', 'n_head', 'vocab_size'].includes(key))) return;
  const shown = keys.slice(0, 5).join(', ');
  throw new LensError(
    subject,
    keys.length === 0 ? 'is empty' : `has none of GPT-2's sizes (it has ${shown}${keys.length > 5 ? ', …' : ''})`,
    'use the config.json that Hugging Face transformers saves with a GPT2LMHeadModel',
  );
}
