import { readFileSync } from 'node:fs';
import { errorCode } from './disk-error.js';

/** Whether a process of this machine may still run. */
export function mayRun(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, but belongs to somebody else.
    return errorCode(error) === 'EPERM';
  }
}

/**
 * When a process was started, in the system's own words, which tells it from a later one with the same id; undefined
 * where the system does not say (any but Linux).
 */
export function startOf(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // The command in parentheses may hold blanks; field 22, the start in ticks since boot, is the 20th after it.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return `${boot} ${fields[19]}`;
  } catch {
    return undefined;
  }
}
