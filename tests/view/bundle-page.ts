import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Makes dist/view/page.js, which every report holds, before the tests run. */
export default function setup(): void {
  execFileSync(process.execPath, [fileURLToPath(new URL('../../scripts/bundle-page.mjs', import.meta.url))]);
}
