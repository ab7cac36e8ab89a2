import { access, constants, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { freemem, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { defineCommand } from '../command.js';
import type { EngineName } from '../../tensor/index.js';
import { engineFlag } from '../flags.js';
import { engineLine } from '../open-model.js';
import { alignColumns } from '../../readout/index.js';
import { provenance } from '../provenance.js';
import { installedVersion, VERSION } from '../version.js';

/** One line of the doctor's findings. `broken`: the toolkit cannot work as it is. */
interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'absent' | 'broken';
  readonly detail: string;
}

const GIB = 2 ** 30;

function node(): Finding {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const enough = major > 20 || (major === 20 && minor >= 19);
  const detail = `${process.versions.node} on ${process.platform} ${process.arch}`;
  return {
    name: 'node',
    state: enough ? 'ok' : 'broken',
    detail: enough ? detail : `${detail}; 20.19 or later is needed`,
  };
}

/** Chooses the engine as every command does, and computes something with it. */
async function engine(name: EngineName | undefined): Promise<Finding[]> {
  const { evaluate, ops, probeEngines, useEngine } = await import('../../tensor/index.js');
  const findings: Finding[] = [];
  try {
    const info = await useEngine(name);
    const two = { data: Float32Array.of(1, 2), shape: [2], dtype: 'float32' } as const;
    const { sum } = await evaluate(({ x }) => ({ sum: ops.add(x, x) }), { x: two });
    const right = sum.data[0] === 2 && sum.data[1] === 4;
    findings.push({
      name: 'engine in use',
      state: right ? 'ok' : 'broken',
      detail: right ? engineLine(info).replace('engine: ', '') : `${info.name} computes 1 + 1 = ${sum.data[0]}`,
    });
  } catch (error) {
    findings.push({
      name: 'engine in use',
      state: 'broken',
      detail: error instanceof Error ? error.message : String(error),
    });
  }
  for (const { name: probed, available, detail } of await probeEngines()) {
    findings.push({
      name: `engine ${probed}`,
      state: available ? 'ok' : 'absent',
      detail: detail.replace(`engine ${probed}: `, ''),
    });
  }
  return findings;
}

async function temporaryFolder(): Promise<Finding> {
  const base = tmpdir();
  try {
    await access(base, constants.W_OK);
    const folder = await mkdtemp(join(base, 'coconut-lens-'));
    await writeFile(join(folder, 'probe'), 'x');
    await rm(folder, { recursive: true });
    return { name: 'temporary folder', state: 'ok', detail: `${base} can be written` };
  } catch (error) {
    return { name: 'temporary folder', state: 'broken', detail: `${base}: ${String(error)}; set TMPDIR to another` };
  }
}

function tslab(): Finding {
  const version = installedVersion('tslab');
  return version === undefined
    ? { name: 'tslab', state: 'absent', detail: 'only the notebooks need it: npm install tslab@1.0.22' }
    : { name: 'tslab', state: 'ok', detail: version };
}

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'look at this machine: Node, engines, memory, what is missing',
  flags: { engine: engineFlag },
  examples: ['doctor'],
  async run(flags, context) {
    const memory: Finding = {
      name: 'memory',
      state: 'ok',
      detail: `${(freemem() / GIB).toFixed(1)} of ${(totalmem() / GIB).toFixed(1)} GiB free`,
    };
    const findings = [node(), ...(await engine(flags.engine)), memory, await temporaryFolder(), tslab()];
    const broken = findings.filter(({ state }) => state === 'broken').map((finding) => finding.name);
    return {
      json: {
        kind: 'doctor',
        ...provenance(context, {}),
        healthy: broken.length === 0,
        findings,
      },
      text: alignColumns([['coconut-lens', '', VERSION], ...findings.map((f) => [f.name, f.state, f.detail])], 3),
      ...(broken.length === 0 ? {} : { failedCheck: `doctor: ${broken.join(', ')} must be mended` }),
    };
  },
});
