import type { HostTensor } from '../tensor/index.js';
import { activationAxes, type Axis } from './activations.js';
import { keepRanges, type Range } from './host-arrays.js';

/** An array with a name for each of its axes. */
export interface Activation extends HostTensor {
  readonly axes: readonly Axis[];
}

/** What one pass read. Sequence positions count from the first token of the batch's longest prompt. */
export interface TracePass {
  readonly pass: number;
  /** Sequence position of the first one that the pass read. */
  readonly start: number;
  /** int32 [batch, T]: token ids; -1 where a thought or padding is read. */
  readonly tokens: HostTensor;
  /** int32 [batch, T]: indices into the position embeddings; 0 at padding. */
  readonly positions: HostTensor;
}

/** Where a pass stands in the sequence of its session. */
export interface PassPlace {
  readonly pass: number;
  /** Sequence position of the first one that the pass reads, shared padding counted. */
  readonly at: number;
  /** Cache slots the pass was shown, of which the first `at` are filled. */
  readonly capacity: number;
}

/**
 * Keeps the activations asked for. What is kept has no trace of the round lengths that programs are compiled for:
 * neither padding that all rows share, nor empty cache slots.
 */
export class Recorder {
  readonly activations = new Map<string, Activation>();
  readonly passes: TracePass[] = [];

  /** @param wanted names of `activationNames` */
  constructor(private readonly wanted: readonly string[]) {}

  /** What is wanted of a pass, by names within the pass. */
  namesWithin(pass: number): string[] {
    const prefix = `pass.${pass}.`;
    return this.wanted.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  }

  /**
   * @param tokens int32 [batch, T], -1 where none is read
   * @param positions int32 [batch, T]
   * @param outputs of the pass's program
   * @param sharedPadding positions at the start of the sequence that are padding in every row
   */
  keepPass(
    { pass, at, capacity }: PassPlace,
    tokens: HostTensor,
    positions: HostTensor,
    outputs: Readonly<Record<string, HostTensor>>,
    sharedPadding: number,
  ): void {
    const length = tokens.shape[1];
    const own: Range = at === 0 ? [sharedPadding, length] : [0, length];
    const keys: readonly Range[] =
      at === 0
        ? [own]
        : [
            [sharedPadding, at],
            [capacity, capacity + length],
          ];
    for (const name of this.namesWithin(pass)) {
      const axes = activationAxes(name);
      const kept = axes.reduce((tensor, axis, i) => {
        if (axis === 'key') return keepRanges(tensor, i, keys);
        return axis === 'position' || axis === 'query' ? keepRanges(tensor, i, [own]) : tensor;
      }, outputs[name]);
      this.activations.set(`pass.${pass}.${name}`, { ...kept, axes });
    }
    this.passes.push({
      pass,
      start: at === 0 ? 0 : at - sharedPadding,
      tokens: keepRanges(tokens, 1, [own]),
      positions: keepRanges(positions, 1, [own]),
    });
  }

  /** @param thought [batch, d], as it was fed back */
  keepThought(index: number, thought: HostTensor): void {
    const name = `thoughts.${index}`;
    if (this.wanted.includes(name)) this.activations.set(name, { ...thought, axes: activationAxes(name) });
  }
}
