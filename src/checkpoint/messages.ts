import type { z } from 'zod';

const QUOTED_LENGTH = 100;
const ISSUES_SHOWN = 20;
const AXES_SHOWN = 8;

/** A name from a file, fit for one line of a message: quoted, control characters escaped, long ones cut. */
export function quote(name: string): string {
  return JSON.stringify(name.length > QUOTED_LENGTH ? `${name.slice(0, QUOTED_LENGTH)}...` : name);
}

/** `[50257, 768]`; cut where a damaged file claims a great many dimensions. */
export function showShape(shape: readonly number[]): string {
  return `[${[...shape.slice(0, AXES_SHOWN), ...(shape.length > AXES_SHOWN ? ['...'] : [])].join(', ')}]`;
}

/** What zod found, on one line: `n_head: expected int; coconut.format: ...`. */
export function describeIssues({ issues }: z.ZodError): string {
  const shown = issues.slice(0, ISSUES_SHOWN).map(({ path, message }) => {
    const text = path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message;
    // Paths and messages repeat keys of the file.
    return text.replace(/\p{Cc}/gu, (control) => JSON.stringify(control).slice(1, -1));
  });
  if (issues.length > ISSUES_SHOWN) shown.push(`${issues.length - ISSUES_SHOWN} more`);
  return shown.join('; ');
}
