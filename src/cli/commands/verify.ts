import { InterruptedError } from '../../errors.js';
import { z } from 'zod';
import type { SiteDisagreement, Verification } from '../../model/index.js';
import { modelProvenance, provenance } from '../../provenance.js';
import { engineLine } from '../../engine-line.js';
import { defineCommand } from '../command.js';
import { engineFlag, flag, nonEmpty } from '../flags.js';

const positive = z
  .string()
  .regex(/^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, 'expected a positive number')
  .transform(Number)
  .refine((x) => x > 0 && x < Infinity, 'expected a positive number');

/** `item 0, pass 2, layer 1` */
function place({ item, pass, layer }: SiteDisagreement): string {
  return `item ${item}, pass ${pass}${layer === null ? '' : `, layer ${layer}`}`;
}

/** `position 3, model 7: 0.1234 here, 0.1235 in the reference; difference 1.0e-4, allowed 1.0e-5` */
function values({ axes, index, ours, reference, difference, allowed }: SiteDisagreement): string {
  const at = axes.map((axis, i) => `${axis} ${index[i]}`).join(', ');
  const apart = `difference ${difference.toExponential(1)}, allowed ${allowed.toExponential(1)}`;
  return `${at}: ${shown(ours)} here, ${shown(reference)} in the reference; ${apart}`;
}

/** Digits enough to tell any two float32 apart. */
function shown(x: number): string {
  return String(Number(x.toPrecision(9)));
}

function describe({ compared, differing, first, largest, tokens }: Verification): string[] {
  const activations =
    first === null
      ? [
          `activations  ${compared} compared, all agree; nearest to its limit:`,
          `             ${largest.name} (${place(largest)})`,
          `             ${values(largest)}`,
        ]
      : [
          `activations  ${compared} compared, ${differing} differ; the first in order of computation:`,
          `             ${first.name} (${place(first)})`,
          `             ${values(first)}`,
        ];
  const { first: token } = tokens;
  const generated =
    token === null
      ? 'all equal'
      : `new token ${token.step} of item ${token.item} differs: ${token.ours} here, ${token.reference} in the reference`;
  return [
    ...activations,
    ...(tokens.compared === 0 ? [] : [`tokens       ${tokens.compared} generated, ${generated}`]),
  ];
}

/** What is said on stderr where it does not hold. */
function failure({ first, tokens }: Verification): string {
  if (first !== null) return `verify: ${first.name} differs first (${place(first)})`;
  return `verify: activations agree, generated tokens do not (item ${tokens.first?.item ?? 0})`;
}

export const verify = defineCommand({
  name: 'verify',
  summary: 'compare a model, activation by activation, with what PyTorch computes with it',
  flags: {
    model: flag(nonEmpty(), 'folder with config.json and model.safetensors', '<dir>'),
    reference: flag(nonEmpty(), 'folder written by scripts/dump_reference.py', '<dir>'),
    tolerance: flag(
      positive.default(1e-4),
      "how far an element may be off, in units of its vector's largest magnitude or of 1, whichever is larger",
      '<x>',
    ),
    engine: engineFlag,
  },
  examples: ['verify --model fixtures/golden/symbolic --reference fixtures/golden/symbolic/reference'],
  async run(flags, context) {
    const [{ loadCoconut, openReference, verifyModel }, { useEngine }, { startProgress }] = await Promise.all([
      import('../../model/index.js'),
      import('../../tensor/index.js'),
      import('../progress.js'),
    ]);
    const reference = await openReference(flags.reference);
    const { items, torch, dtype } = reference.meta;
    try {
      const engine = await useEngine(flags.engine);
      context.note(engineLine(engine));
      const model = await loadCoconut(flags.model);
      for (const warning of model.weights.warnings ?? []) context.note(`warning: ${flags.model}: ${warning}`);
      const progress = startProgress(context, items.length, 'items');
      let result: Verification | undefined;
      try {
        result = await verifyModel(model, reference, {
          tolerance: flags.tolerance,
          onProgress: (completed) => progress.update(completed),
          signal: context.io.signal,
        });
      } finally {
        progress.stop();
        model.dispose();
      }
      if (result === undefined) throw new InterruptedError('interrupted: a verification keeps nothing');
      const source = `${flags.reference} (PyTorch ${torch}, ${dtype})`;
      return {
        json: {
          kind: 'verify',
          ...provenance(context, {
            config: { engine: engine.name },
            engine,
            model: modelProvenance(flags.model, model),
            warnings: model.weights.warnings ?? [],
          }),
          reference: { path: flags.reference, torch, dtype },
          tolerance: flags.tolerance,
          ...result,
        },
        text: [
          `${flags.model} ${result.holds ? 'computes what' : 'does not compute what'} ${source} holds, ${result.items} items`,
          ...describe(result),
        ].join('\n'),
        ...(result.holds ? {} : { failedCheck: failure(result) }),
      };
    } finally {
      await reference.close();
    }
  },
});
