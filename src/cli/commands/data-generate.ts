import { z } from 'zod';
import type * as Dataset from '../../dataset/index.js';
import type { FamilyName, Item } from '../../dataset/index.js';
import type { RandomGraphOptions } from '../../graph/index.js';
import { provenance } from '../../provenance.js';
import { plural } from '../../plural.js';
import { InterruptedError, LensError } from '../../errors.js';
import type { Random } from '../../random.js';
import { defineCommand } from '../command.js';
import { flag, flagName, nonEmpty, wholeNumber } from '../flags.js';
import { startProgress } from '../progress.js';

/** The families, in the words of the help. Typed so that a new one cannot be forgotten here. */
const FAMILY_WORDS: Readonly<Record<FamilyName, string>> = {
  'degree-matched': 'no degree tells target or first step',
  'orphaned-decoy': 'no entity of the original reaches the decoy',
  'shared-target': 'the other root reaches the target too',
  'deeper-decoy': 'the decoy is deeper than the target',
  'permuted-ids': 'random node numbers',
  'permuted-names': 'names dealt anew',
  'permuted-edge-order': 'sentences shuffled anew',
  'larger-depth': 'target and decoy at the depth 7 to 10',
};

const familyNames = Object.keys(FAMILY_WORDS) as [FamilyName, ...FamilyName[]];

export const dataGenerate = defineCommand({
  name: 'data generate',
  summary: 'make random items like ProsQA, or of a counterfactual family',
  flags: {
    n: flag(wholeNumber(1), 'number of items; item i does not depend on it', '<count>'),
    seed: flag(wholeNumber().default(0), 'seed of the items', '<s>'),
    out: flag(nonEmpty(), 'file to write, in the official ProsQA form', '<file.json>'),
    nodes: flag(wholeNumber(3).optional(), 'nodes drawn, those without edges included; default: 28', '<n>'),
    minNodes: flag(wholeNumber().optional(), 'least number of nodes with edges; default: any', '<n>'),
    minDepth: flag(wholeNumber(1).optional(), 'least depth of the target; default: 3', '<d>'),
    maxDepth: flag(wholeNumber(1).optional(), 'greatest depth of the target; default: 6', '<d>'),
    depthGap: flag(
      wholeNumber().optional(),
      "greatest difference between the decoy's depth and the target's, each from its root; default: any",
      '<d>',
    ),
    family: flag(
      z.enum(familyNames, `expected one of ${familyNames.join(', ')}`).optional(),
      `counterfactual family: ${familyNames.map((name) => `${name} (${FAMILY_WORDS[name]})`).join(', ')}`,
      '<name>',
    ),
    algorithm: flag(
      z.enum(['effective', 'published'], 'expected effective or published').default('effective'),
      'effective: like the released files; published: algorithm 1 of arXiv 2412.06769 to the letter, needs --nodes',
      '<name>',
    ),
    overwrite: flag(z.boolean().default(false), 'replace a file of the same name'),
  },
  examples: [
    'data generate --n 300 --seed 1 --out out/items.json',
    'data generate --n 300 --nodes 12 --min-nodes 8 --max-depth 4 --depth-gap 0 --out out/small.json',
    'data generate --n 300 --family orphaned-decoy --out out/orphaned.json',
  ],
  async run(flags, context) {
    const { n, seed, out, family, algorithm, overwrite, nodes } = flags;
    const { minNodes, minDepth, maxDepth, depthGap } = flags;
    const options = given({ nodes, minNodes, minDepth, maxDepth, depthGap });
    const [{ createRandom }, dataset, { checkOutputs, refuseExisting, writePiecesWhole }] = await Promise.all([
      import('../../random.js'),
      import('../../dataset/index.js'),
      import('../../write-file.js'),
    ]);
    if (algorithm === 'published') refusePublished(options, family);
    const draw = drawing(dataset, { algorithm, family, options });
    const random = createRandom(seed);
    const item = (i: number): Item => naming(() => draw(random.fork(`item ${i}`), String(i)));
    await (overwrite ? checkOutputs(out) : refuseExisting(out));
    // What the options do not allow shows with the first item, before a file is begun.
    item(0);
    const progress = startProgress(context, n, 'items');
    const { signal } = context.io;
    function* items(): Generator<Item, void, undefined> {
      for (let i = 0; i < n; i++) {
        if (signal.aborted) throw new InterruptedError(`interrupted: ${out} is not written; start again`);
        progress.update(i);
        yield item(i);
      }
    }
    let sha256: string;
    try {
      sha256 = await writePiecesWhole(out, dataset.formatPieces(items()));
    } finally {
      progress.stop();
    }
    return {
      json: {
        kind: 'data-generate',
        ...provenance(context, { seed, items: { path: out, sha256, count: n } }),
      },
      text: `${out}: ${plural(n, 'item')}, sha256 ${sha256}`,
    };
  },
});

/** Without the options that were not given: the generator's defaults are its own. */
function given(options: Readonly<Record<keyof RandomGraphOptions, number | undefined>>): RandomGraphOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** @throws LensError unless the options are what the published algorithm knows: a number of nodes, which it needs */
function refusePublished(options: RandomGraphOptions, family: FamilyName | undefined): void {
  const foreign = Object.entries({ ...options, family }).find(([key, value]) => key !== 'nodes' && value !== undefined);
  if (foreign !== undefined) {
    const problem = `is nothing that the published algorithm knows (${foreign[1]})`;
    throw new LensError(flagName(foreign[0]), problem, 'leave it out, or use --algorithm effective', 'usage');
  }
  if (options.nodes === undefined) {
    throw new LensError('--nodes', 'is missing', 'the paper gives none; pass one with --algorithm published', 'usage');
  }
}

interface Plan {
  readonly algorithm: 'effective' | 'published';
  readonly family: FamilyName | undefined;
  readonly options: RandomGraphOptions;
}

/** @throws LensError on an option that the family's definition leaves no choice in */
function drawing(
  { FAMILIES, publishedItem, randomItem }: typeof Dataset,
  { algorithm, family, options }: Plan,
): (random: Random, id: string) => Item {
  const { nodes } = options;
  if (algorithm === 'published' && nodes !== undefined) return (random, id) => publishedItem(random, id, nodes);
  if (family === undefined) return (random, id) => randomItem(random, id, options);
  const { draw, fixed } = FAMILIES[family];
  const foreign = fixed.find((key) => options[key] !== undefined);
  if (foreign !== undefined) {
    const problem = `is not open in this family (${options[foreign]})`;
    throw new LensError(flagName(foreign), problem, `leave it out of --family ${family}`, 'usage');
  }
  return (random, id) => draw(random, id, options);
}

/** What the generators say of options that make no sense or that hardly any graph keeps to, in the words of the flags. */
function naming(step: () => Item): Item {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const problem = error.message.replace(/\b(minNodes|minDepth|maxDepth|depthGap)\b/g, (key) => flagName(key));
    throw new LensError('data generate', problem, 'ask for other depths or another number of nodes', 'usage', error);
  }
}
