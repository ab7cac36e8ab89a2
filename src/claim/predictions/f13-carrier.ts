import { isCorrect, readAnswers } from '../../intervention/index.js';
import { interchange, type InterchangeOptions } from '../../model/index.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { shareOf, type Values } from '../statistic.js';
import { twinsOf } from '../twins.js';
import type { Thresholds } from '../thresholds.js';

interface Exchange {
  readonly name: string;
  readonly description: string;
  readonly options: InterchangeOptions;
}

interface Carried {
  readonly graph: string;
  /** By name: 1 where the answer turns into the twin's. Only items that are answered correctly, and whose twin is. */
  readonly turned: Readonly<Record<string, number>>;
}

const THOUGHTS = 'thoughts';
const PROMPT_LAST = 'prompt’s last token';

function exchanges(layers: number): Exchange[] {
  return [
    { name: THOUGHTS, description: 'keys and values of all thoughts', options: { region: 'thoughts' } },
    {
      name: PROMPT_LAST,
      description: 'keys and values of the prompt’s last token (in the symbolic wording the root)',
      options: { region: 'promptLast' },
    },
    { name: 'keys', description: 'the thoughts’ keys alone', options: { region: 'thoughts', carriers: 'keys' } },
    { name: 'values', description: 'the thoughts’ values alone', options: { region: 'thoughts', carriers: 'values' } },
    ...Array.from({ length: layers }, (_, layer) => ({
      name: `layer ${layer}`,
      description: `keys and values of all thoughts in layer ${layer} alone`,
      options: { region: 'thoughts', layers: [layer] } as const,
    })),
  ];
}

const THRESHOLDS = {
  carrierSufficient: {
    direction: 'above',
    support: 0.8,
    contradict: 0.5,
    why: 'Share of answers that turn with the twin’s thoughts. SCIT (arXiv 2608.27265) asks .80 of a carrier.',
  },
  carrierSelective: {
    direction: 'below',
    support: 0.25,
    contradict: 0.5,
    why: 'The same with the prompt’s last token instead. SCIT allows a competitor .25.',
  },
} as const satisfies Thresholds;

export const carrier = definePrediction<Carried>({
  id: 'F13',
  title: 'The thoughts carry the answer',
  predicts:
    'Asked from the other root, the same statements have the other answer. Patched in from that twin question, the thoughts’ keys and values turn the answer; those of its prompt’s last token (in the symbolic wording the root) do not.',
  falsifiedBy:
    'The answer stays when the thoughts are the twin’s, or turns with the keys and values of that last token.',
  doesNotShow: 'What is carried: a finished answer would be carried as well as a frontier.',
  role: 'search',
  evidence: 'intervention',
  thresholds: THRESHOLDS,
  inapplicable: ({ thoughts }) => (thoughts === 0 ? 'the model has no thoughts' : undefined),
  async observe(batch) {
    const [own, twins] = [await batch.answers(), await twinsOf(batch)];
    const turned: Record<string, number>[] = batch.items.map(() => ({}));
    const both =
      twins?.rows.flatMap((row, i) =>
        isCorrect(own[row]) === 1 && isCorrect(twins.answers[i]) === 1 ? [{ row, i }] : [],
      ) ?? [];
    if (twins !== undefined && both.length > 0) {
      const rows = both.map(({ row }) => row);
      const [base, donor] = [(await batch.run()).rows(rows), twins.run.rows(both.map(({ i }) => i))];
      const items = rows.map((row) => batch.items[row]);
      const all = exchanges(batch.model.config.nLayer);
      for (const { name, options } of batch.criteriaOnly ? all.slice(0, 2) : all) {
        const mixed = await interchange(base, donor, options);
        const patched = await readAnswers(mixed, batch.thoughts, items, batch.wording);
        patched.forEach((answer, at) => (turned[rows[at]][name] = 1 - isCorrect(answer)));
      }
    }
    return batch.searches.map(({ key }, row) => ({ graph: key, turned: turned[row] }));
  },
  judge(observations) {
    const names = [...new Set(observations.flatMap(({ turned }) => Object.keys(turned)))];
    const of = (name: string): Values => observations.map(({ turned }) => turned[name]);
    const layers = names.filter((name) => name.startsWith('layer ')).length;
    const descriptions = new Map(exchanges(layers).map(({ name, description }) => [name, description]));
    return judge(
      observations,
      {
        criteria: [
          {
            name: 'the twin’s thoughts turn the answer',
            description: `share of answers that become the twin’s with the twin’s ${descriptions.get(THOUGHTS) ?? ''}`,
            statistic: shareOf(of(THOUGHTS)),
            reference: 0,
            threshold: THRESHOLDS.carrierSufficient,
          },
          {
            name: 'its prompt’s last token alone does not',
            description: `the same with the twin’s ${descriptions.get(PROMPT_LAST) ?? ''}`,
            statistic: shareOf(of(PROMPT_LAST)),
            reference: null,
            threshold: THRESHOLDS.carrierSelective,
          },
        ],
        measures: names
          .filter((name) => name !== THOUGHTS && name !== PROMPT_LAST)
          .map((name) => ({
            name: `turned by ${name}`,
            description: `the same with the twin’s ${descriptions.get(name) ?? name}`,
            statistic: shareOf(of(name)),
            reference: 0,
          })),
      },
      {
        supports: 'the thoughts’ keys and values carry the answer',
        contradicts: 'the answer is not carried by the thoughts',
      },
    );
  },
});
