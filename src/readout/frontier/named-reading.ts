import { LensError } from '../../errors.js';
import type { SequencePrefix, ThoughtRecord } from '../../recording/index.js';
import type { FrontierReadout } from './schema.js';

/** How the nodes of all records were read: their scorer, and what it cannot tell apart. */
export class NamedReading {
  private first: { readonly sequence: SequencePrefix | undefined } | undefined;
  private readonly groups = new Map<number, Set<string>>();

  /** @throws LensError if the record was read differently from those before it */
  add({ item, nodeTokens, sequence }: ThoughtRecord): void {
    this.first ??= { sequence };
    if (this.first.sequence?.tokens.join() !== sequence?.tokens.join()) {
      throw new LensError(
        `item ${item.id}`,
        'was read by another scorer than the items before it',
        'record them alike',
      );
    }
    if (sequence !== undefined) return;
    nodeTokens.forEach((token, node) => {
      if (nodeTokens.indexOf(token) === nodeTokens.lastIndexOf(token)) return;
      const group = this.groups.get(token) ?? new Set<string>();
      this.groups.set(token, group.add(item.names[node]));
    });
  }

  describe(): Pick<FrontierReadout, 'scorer' | 'prefix' | 'candidates' | 'collisions'> {
    const sequence = this.first?.sequence;
    if (sequence !== undefined) {
      return {
        scorer: 'sequence',
        prefix: `the question, c thoughts and ${sequence.text === '' ? 'no language' : `"${sequence.text}"`}`,
        candidates:
          "the nodes of the item's graph, by the product of the probabilities of their names' tokens, not normalised; " +
          'the rest is the off-graph mass',
        collisions: [],
      };
    }
    return {
      scorer: 'firstToken',
      prefix: 'thought c, after the question and c - 1 thoughts, before any language',
      candidates:
        "the nodes of the item's graph, by a softmax over the whole vocabulary; the rest is the off-graph mass",
      collisions: [...this.groups.values()].map((group) => [...group].sort()).sort((a, b) => (a[0] < b[0] ? -1 : 1)),
    };
  }
}
