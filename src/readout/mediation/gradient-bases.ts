import { itemLabel } from '../../dataset/index.js';
import { headRow, orthonormalBasis } from '../../intervention/index.js';
import { answerGradients, float32, nextThoughtJacobian, rowAt } from '../../model/index.js';
import type { Random } from '../../random.js';
import type { Bases } from './bases.js';
import { singularDirections } from './singular-directions.js';
import type { Asked } from './swaps.js';

/** The subspaces that derivatives at an item's own thoughts give; each is computed once. */
export class GradientBases {
  readonly #known = new Map<string, Promise<Bases>>();
  readonly #answers = new Map<number, ReturnType<typeof answerGradients>>();

  constructor(
    private readonly asked: Asked,
    /** Every item takes a stream of its own. */
    private readonly random: Random,
  ) {}

  /**
   * The subspaces of one thought: of the next thought where there is one, of the answer where it is one token.
   *
   * @param rank dimensions of the next thought's
   */
  of(row: number, thought: number, rank: number): Promise<Bases> {
    const key = `${row} ${thought}`;
    const found = this.#known.get(key) ?? this.#compute(row, thought, rank);
    this.#known.set(key, found);
    return found;
  }

  async #compute(row: number, thought: number, rank: number): Promise<Bases> {
    const { run, items, thoughts, wording } = this.asked;
    const random = this.random.fork(itemLabel(items[row])).fork(`thought ${thought}`);
    return {
      ...(thought < thoughts && {
        nextThought: singularDirections(await nextThoughtJacobian(run, thought, row), rank, random),
      }),
      ...(wording.answering.kind === 'token' && {
        answer: orthonormalBasis([rowAt(await this.#answersAt(thought), row)]),
      }),
    };
  }

  /** [items, d], the gradients of all items' logit differences. */
  #answersAt(thought: number): ReturnType<typeof answerGradients> {
    const { model, run, items, wording } = this.asked;
    const width = model.config.nEmbd;
    const difference = float32([items.length, width]);
    items.forEach((item, row) => {
      const [target, decoy] = [item.target, item.decoy].map((node) => headRow(model, wording.nodeToken(item, node)));
      difference.data.set(
        target.map((x, j) => x - decoy[j]),
        row * width,
      );
    });
    const found = this.#answers.get(thought) ?? answerGradients(run, thought, wording.suffix, difference);
    this.#answers.set(thought, found);
    return found;
  }
}
