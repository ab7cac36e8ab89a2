import type { HostTensor } from '../tensor/index.js';
import type { Activation, TracePass } from './recorder.js';

/** What a run left, in ordinary memory. */
export interface ThoughtTrace {
  /** [batch, k, d] float32, as used (after hooks and replacements): entry c - 1 is thought c. */
  readonly thoughts: HostTensor;
  /** [batch, k, V], the thoughts through the LM head, if asked for. */
  readonly thoughtLogits: HostTensor | undefined;
  /** [batch, V], logits of the token after the last thought and the suffix. */
  readonly nextLogits: HostTensor;
  /** By name, in the order of computation; what hooks left, where there were hooks. */
  readonly activations: ReadonlyMap<string, Activation>;
  /** What each pass read; entry p is pass p. */
  readonly passes: readonly TracePass[];
  /** [batch], padding before each prompt, in positions of pass 0; the longest prompt has none. */
  readonly padding: readonly number[];
}
