import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * Import boundaries of docs/architecture.md: each folder may import only from the folders listed for it, through their
 * index.js, and from itself. The order is the order of the data: item -> prompt -> trace -> readout -> test -> figure.
 */
const FOLDERS = {
  parallel: [],
  graph: [],
  statistics: [],
  dataset: ['graph'],
  tokenizer: ['graph', 'dataset'],
  checkpoint: [],
  tensor: [],
  model: ['graph', 'dataset', 'tokenizer', 'checkpoint', 'tensor'],
  drawing: ['graph', 'dataset', 'statistics'],
  training: ['graph', 'dataset', 'tokenizer', 'checkpoint', 'tensor', 'model', 'statistics', 'drawing'],
  recording: ['graph', 'dataset', 'tokenizer', 'checkpoint', 'tensor', 'model', 'statistics'],
  intervention: ['graph', 'dataset', 'tokenizer', 'tensor', 'model', 'statistics'],
  readout: ['graph', 'dataset', 'tokenizer', 'tensor', 'model', 'statistics', 'drawing', 'recording', 'intervention'],
  accuracy: ['graph', 'dataset', 'tokenizer', 'model', 'statistics'],
};
FOLDERS.probe = [...FOLDERS.readout, 'checkpoint', 'readout', 'parallel'];
FOLDERS.effect = FOLDERS.readout.concat('readout');
FOLDERS.claim = FOLDERS.probe;
FOLDERS.view = ['graph', 'dataset', 'statistics', 'training', 'recording', 'readout', 'drawing', 'claim'];
FOLDERS.lens = [...FOLDERS.claim, 'effect', 'claim', 'accuracy', 'training', 'probe', 'view'];
// The command line is the roof: it may import everything below it.
FOLDERS.cli = Object.keys(FOLDERS);

const boundaries = Object.entries(FOLDERS).map(([folder, allowed]) => {
  const others = Object.keys(FOLDERS).filter((name) => name !== folder);
  const forbidden = others.filter((name) => !allowed.includes(name));
  const patterns = [
    {
      // The lists of readouts and of models of known algorithm are other doors: they name them all and load none.
      regex: `^(\\.\\./)+(?!(?:readout/readouts|claim/names)\\.js$)(${allowed.join('|') || '-'})/(?!index\\.js$)`,
      message: 'Import another folder through its index.js only.',
    },
  ];
  if (forbidden.length > 0)
    patterns.push({
      regex: `^(\\.\\./)+(${forbidden.join('|')})/`,
      message: `src/${folder} may import only from: ${allowed.join(', ') || 'no other folder'}.`,
    });
  if (folder !== 'tensor')
    patterns.push({ regex: '^(@tensorflow/|onnxruntime-)', message: 'Only src/tensor names an engine.' });
  return { files: [`src/${folder}/**/*.ts`], rules: { 'no-restricted-imports': ['error', { patterns }] } };
});

export default tseslint.config(
  { ignores: ['dist', 'out', 'coverage', 'fixtures', 'notebooks'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      // Numeric code indexes typed arrays and prints numbers throughout.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A type argument may document what a callback receives (kernel attributes).
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  ...boundaries,
  {
    files: ['**/*.{js,mjs}'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      ...tseslint.configs.disableTypeChecked.languageOptions,
      globals: {
        AbortController: 'readonly',
        console: 'readonly',
        globalThis: 'readonly',
        process: 'readonly',
        URL: 'readonly',
      },
    },
  },
);
