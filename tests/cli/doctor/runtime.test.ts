import { describe, expect, it } from 'vitest';
import { findingRows } from '../../../src/cli/doctor/finding.js';
import { thisMachine } from '../../../src/cli/doctor/machine.js';
import { nodeFinding, npmFinding } from '../../../src/cli/doctor/runtime.js';
import { machineWith } from './machine.js';

describe('nodeFinding', () => {
  it.each([
    ['20.18.3', 'broken'],
    ['18.20.0', 'broken'],
    ['20.19.0', 'ok'],
    ['21.0.0', 'ok'],
    ['24.1.0', 'ok'],
  ])('finds Node %s %s', (nodeVersion, state) => {
    const finding = nodeFinding(machineWith({ nodeVersion }));
    expect(finding.state).toBe(state);
    expect(finding.detail.startsWith(`${nodeVersion} on linux x64`)).toBe(true);
  });
});

describe('npmFinding', () => {
  const programs = { 'npm --version': '11.4.2\n' };

  it('takes the npm that started the process, else the one on the path', async () => {
    const env = { npm_config_user_agent: 'npm/10.9.2 node/v20.19.0 linux x64 workspaces/false' };
    expect(await npmFinding(machineWith({ env, programs }))).toMatchObject({ state: 'ok', detail: '10.9.2' });
    expect(await npmFinding(machineWith({ programs }))).toMatchObject({ state: 'ok', detail: '11.4.2' });
    const pnpm = { npm_config_user_agent: 'pnpm/9.1.0 npm/? node/v20.19.0' };
    expect(await npmFinding(machineWith({ env: pnpm, programs }))).toMatchObject({ state: 'ok', detail: '11.4.2' });
    expect(await npmFinding(machineWith({ env: pnpm }))).toMatchObject({ state: 'absent' });
  });

  it('says what it is for where there is none', async () => {
    const [row] = findingRows(await npmFinding(machineWith()));
    expect(row).toEqual(['npm', 'absent', 'not found; only installing packages needs it']);
    expect((await npmFinding(machineWith({ programs: { 'npm --version': 'oops' } }))).state).toBe('absent');
  });
});

describe('this machine', () => {
  it('answers what it is asked, and says nothing of what is not there', async () => {
    const machine = thisMachine();
    expect(machine.nodeVersion).toBe(process.versions.node);
    expect(JSON.parse((await machine.readText('package.json')) ?? '')).toMatchObject({ name: 'coconut-lens' });
    expect(await machine.readText('no-such-file')).toBeUndefined();
    expect(await machine.list('tests/cli/doctor')).toContain('runtime.test.ts');
    expect(await machine.list('no-such-folder')).toEqual([]);
    expect(await machine.realPath('no-such-folder')).toBeUndefined();
    expect(await machine.run(process.execPath, ['--version'])).toBe(`v${process.versions.node}\n`);
    expect(await machine.run('no-such-program-of-ours', [])).toBeUndefined();
    expect(await machine.run(process.execPath, ['no-such-script.js'])).toBeUndefined();
  });
});
