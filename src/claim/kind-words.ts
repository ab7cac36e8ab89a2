/** What a conclusion must say for a few words. */
interface Outcome {
  readonly verdict: string;
  readonly rule: string;
  readonly kind: { readonly memory: string; readonly alignment: Layers | null } | null;
}

interface Layers {
  readonly stride: number;
  readonly offset: number;
}

/** A verdict with what it rests on in few words: `supports, frontier, t + 1`, or `contradicts, noPropagation`. */
export function kindWords({ verdict, rule, kind }: Outcome): string {
  if (kind === null) return `${verdict}, ${rule}`;
  const { memory, alignment } = kind;
  return `${verdict}, ${memory}${alignment === null ? '' : `, ${layerWords(alignment)}`}`;
}

/** How far thought t has come: `t`, `2t`, `t + 1`. */
export function layerWords({ stride, offset }: Layers): string {
  // Half a hop a thought, rounded down; the offset is a half as well.
  if (stride === 0.5) return offset === 0 ? 't / 2' : '(t + 1) / 2';
  const steps = stride === 1 ? 't' : `${stride}t`;
  return offset === 0 ? steps : offset > 0 ? `${steps} + ${offset}` : `${steps} - ${-offset}`;
}

/** `, and the answering pass takes 1 step itself`; empty where it takes none. */
export function lastStepsWords({ lastSteps }: { readonly lastSteps: number }): string {
  return lastSteps === 0
    ? ''
    : `, and the pass that answers takes ${lastSteps} ${lastSteps === 1 ? 'step' : 'steps'} itself`;
}
