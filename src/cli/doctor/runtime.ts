import type { Finding } from './finding.js';
import type { Machine } from './machine.js';

/** Node itself: 20.19 or later. */
export function nodeFinding({
  nodeVersion,
  platform,
  arch,
}: Pick<Machine, 'nodeVersion' | 'platform' | 'arch'>): Finding {
  const [major, minor] = nodeVersion.split('.').map(Number);
  const detail = `${nodeVersion} on ${platform} ${arch}`;
  return major > 20 || (major === 20 && minor >= 19)
    ? { name: 'node', state: 'ok', detail }
    : { name: 'node', state: 'broken', detail: `${detail}; 20.19 or later is needed` };
}

/** npm, by the one that started this process, else the one on the path. Only installing needs it. */
export async function npmFinding({ env, run }: Machine): Promise<Finding> {
  const started = /(?:^| )npm\/(\d\S*)/.exec(env['npm_config_user_agent'] ?? '')?.[1];
  const version = started ?? (await run('npm', ['--version']))?.trim();
  return version !== undefined && /^\d+\.\d+/.test(version)
    ? { name: 'npm', state: 'ok', detail: version }
    : { name: 'npm', state: 'absent', detail: 'not found; only installing packages needs it' };
}
