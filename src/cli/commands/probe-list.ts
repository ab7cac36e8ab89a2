import { defineCommand } from '../command.js';
import { flag, nonEmpty } from '../flags.js';
import { versions } from '../../version.js';

export const probesFlag = flag(
  nonEmpty().optional(),
  'folder of probes, one .ts or .js file each; default: the ones that come with the program',
  '<dir>',
);

export const probeList = defineCommand({
  name: 'probe list',
  summary: 'the probes there are: what each asks, and its control task',
  flags: { probes: probesFlag },
  examples: ['probe list'],
  abandoned: true,
  async run({ probes }) {
    const [{ probesOf }, { formatProbeList }] = await Promise.all([
      import('../probe-folder.js'),
      import('../../probe/index.js'),
    ]);
    const specs = await probesOf(probes);
    return {
      json: {
        kind: 'probes',
        versions: versions(),
        probes: specs.map(({ name, kind, question, controlWords }) => ({
          name,
          kind,
          question,
          control: controlWords ?? 'otherSide',
        })),
      },
      text: formatProbeList(specs),
    };
  },
});
