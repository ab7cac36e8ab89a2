import { join } from 'node:path';
import { z } from 'zod';
import { defineCommand } from '../command.js';
import { flag, nonEmpty } from '../flags.js';
import { versions } from '../../version.js';

/** What a new probe begins as: it runs as it stands. */
function template(name: string): string {
  return `import { defineProbe } from 'coconut-lens';

// A probe asks one thing of every thought. Run it with
//   coconut-lens probe run ${name} --probes <this folder> --recording <folder made by record>
export default defineProbe({
  name: '${name}',

  // In one sentence; the report prints it.
  question: 'Is a node on the frontier of the search?',

  // 'node': true or false of every node. 'class': the index of one of \`classes\`, of the item. 'number': a number, of the item.
  kind: 'node',

  // What the search from the root knows at this step. Thought k is asked about step k.
  //   depth[node]: edges from the root, -1 where there is no path; distanceToTarget[node]: likewise to the target
  //   onShortestPath[node], root, target, graph, item, ids[node]: what the model knows a node by
  //   other: the same from the other root and the decoy
  // undefined leaves a node out, of the fit and of the score.
  label: ({ depth, step }, node) => depth[node] === step,

  // The control task: labels of the same kind that a thought need not encode. 'otherSide' asks the label of the other
  // root's search. A function of the same form may draw labels from \`random\`, the same for an item at every thought; then say
  // in \`controlWords\` what it does.
  control: 'otherSide',

  // Without it the thought itself is read. An activation needs --model:
  // reads: { activation: 'blocks.0.hook_resid_post' },
});
`;
}

export const probeNew = defineCommand({
  name: 'probe new',
  summary: 'write a file for a probe of your own, with comments, that runs as it stands',
  positional: 'name',
  flags: {
    name: flag(
      z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected lower-case words with hyphens'),
      'of the probe',
      '<name>',
    ),
    probes: flag(nonEmpty().default('probes'), 'folder to write it to', '<dir>'),
  },
  examples: ['probe new my-probe --probes out/probes'],
  abandoned: true,
  async run({ name, probes }, context) {
    const { refuseExisting, writeFileWhole } = await import('../../write-file.js');
    const file = join(probes, `${name}.ts`);
    await refuseExisting(file, 'choose another name');
    await writeFileWhole(file, template(name));
    return {
      json: { kind: 'probe-new', versions: versions(), file, command: context.commandLine },
      text: `wrote ${file}; run it with: coconut-lens probe run ${name} --probes ${probes} --recording <dir>`,
    };
  },
});
