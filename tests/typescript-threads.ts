// Import this where a test starts threads of `src/parallel`: they run outside of vitest, and load TypeScript by these hooks.
const hooks = new URL('./typescript-hooks.js', import.meta.url).href;
const register = `import { register } from 'node:module'; register(${JSON.stringify(hooks)});`;
const option = `--import data:text/javascript,${encodeURIComponent(register)}`;
const options = process.env['NODE_OPTIONS'] ?? '';
// Test files share processes.
if (!options.includes(option)) process.env['NODE_OPTIONS'] = `${options} ${option}`;
