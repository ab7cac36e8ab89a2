import type { ProbeSite } from './site.js';

/** What a probe reads: the thought itself, or an activation at the position that makes the thought. */
export interface ProbeReading {
  /** A site as `activationNames` has it, without the pass: `blocks.0.hook_resid_post`, `blocks.1.attn.hook_z`. */
  readonly activation: string;
  /** For activations that have heads: which one; default all of them side by side. */
  readonly head?: number;
}

/** A label with the control task that stands beside it (Hewitt and Liang, arXiv 1909.03368). */
export interface ProbeTask<Label> {
  /** What is asked: the label at a site, of a node where the probe asks about nodes. `undefined` leaves it out. */
  readonly label: Label;
  /**
   * The control task: labels of the same kind that a thought need not encode. `otherSide` asks the label of the other
   * root's search, which has the same prompt, the same statistics and no part in the answer.
   */
  readonly control: 'otherSide' | Label;
  /** What the control task is, in words. Needed where it is a function. */
  readonly controlWords?: string;
}

interface ProbeHead {
  /** Lower-case words with hyphens: the name on the command line. */
  readonly name: string;
  /** What is asked, in one sentence. */
  readonly question: string;
  /** Default: the thought. Anything else needs the model. */
  readonly reads?: ProbeReading;
}

/**
 * Asks about every node of a graph: is it in a set? One weight vector per node id, or one matrix over the node
 * embeddings. `undefined` leaves a node out.
 */
export interface NodeProbe extends ProbeHead, ProbeTask<(site: ProbeSite, node: number) => boolean | undefined> {
  readonly kind: 'node';
}

/** Asks about the item: one of several classes. `undefined` leaves the item out at this step. */
export interface ClassProbe extends ProbeHead, ProbeTask<(site: ProbeSite) => number | undefined> {
  readonly kind: 'class';
  /** A word for each class; labels are indices into it. */
  readonly classes: readonly string[];
  /** Whether all thoughts of an item are rows of one fit, each with its own step; default: a fit for each thought. */
  readonly allThoughts?: boolean;
}

/** Asks about the item: a number. `undefined` leaves the item out at this step. */
export interface NumberProbe extends ProbeHead, ProbeTask<(site: ProbeSite) => number | undefined> {
  readonly kind: 'number';
}

/** What a file in a folder of probes exports as its default. */
export type ProbeSpec = NodeProbe | ClassProbe | NumberProbe;

/** Ties the types of a probe together; gives back what it is given. */
export function defineProbe<const Spec extends ProbeSpec>(spec: Spec): Spec {
  return spec;
}

/** The control task's labels. */
export function controlOf<Label extends (site: ProbeSite, node: number) => unknown>({
  label,
  control,
}: ProbeTask<Label>): Label {
  if (control !== 'otherSide') return control;
  return ((site: ProbeSite, node: number) => label(site.other, node)) as Label;
}

/** The control task in words. */
export function controlWordsOf({ control, controlWords }: ProbeTask<unknown>): string {
  return controlWords ?? (control === 'otherSide' ? 'the same of the other root and the decoy' : 'a control task');
}
