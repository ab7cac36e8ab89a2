// Import this where a test starts threads of `src/parallel`: they run outside of vitest, and load TypeScript by these hooks.
const hooks = new URL('./typescript-hooks.js', import.meta.url).href;
const register = `import { register } from 'node:module'; register(${JSON.stringify(hooks)});`;
process.env['NODE_OPTIONS'] =
  `${process.env['NODE_OPTIONS'] ?? ''} --import data:text/javascript,${encodeURIComponent(register)}`;
