import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from './pages.js';

it('the reference lacks no type that it names, no description and no page that it links to', async () => {
  const typedoc = join(ROOT, 'node_modules/typedoc/bin/typedoc');
  // The type check, half of the time, is a command of its own.
  const child = spawn(process.execPath, [typedoc, '--emit', 'none', '--skipErrorChecking'], { cwd: ROOT });
  const closed = once(child, 'close');
  const said = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect([await closed, said.join('').trim()]).toEqual([[0, null], '']);
}, 180_000);
