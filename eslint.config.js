import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import importX from 'eslint-plugin-import-x';

/**
 * Import boundaries of docs/architecture.md: each folder may import only from the folders listed for it (and from
 * itself). The order is the order of the data: item -> prompt -> trace -> readout -> test -> figure.
 */
const pure = ['errors.ts', 'random.ts'];
const may = {
  graph: [],
  statistics: [],
  dataset: ['graph'],
  tokenizer: ['graph', 'dataset'],
  checkpoint: [],
  tensor: [],
  model: ['graph', 'dataset', 'tokenizer', 'checkpoint', 'tensor'],
  training: ['graph', 'dataset', 'tokenizer', 'checkpoint', 'tensor', 'model', 'statistics'],
  recording: ['graph', 'dataset', 'tokenizer', 'checkpoint', 'tensor', 'model'],
  readout: ['graph', 'dataset', 'statistics', 'recording'],
  view: ['graph', 'dataset', 'statistics', 'recording', 'readout'],
  cli: [
    'graph',
    'dataset',
    'tokenizer',
    'checkpoint',
    'tensor',
    'model',
    'training',
    'statistics',
    'recording',
    'readout',
    'view',
  ],
};
const zones = Object.entries(may).map(([folder, allowed]) => ({
  target: `./src/${folder}`,
  from: './src',
  except: [folder, ...allowed, ...pure].map((name) => `./${name}`),
  message: `src/${folder} may import only from: ${[...allowed, ...pure].join(', ')}`,
}));

export default tseslint.config(
  { ignores: ['dist', 'out', 'coverage', 'fixtures', 'notebooks'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { 'import-x': importX },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
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
  {
    // tfjs and ONNX Runtime are named only inside src/tensor.
    files: ['src/**/*.ts'],
    ignores: ['src/tensor/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@tensorflow/*', 'onnxruntime-*'], message: 'Only src/tensor names an engine.' }] },
      ],
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      ...tseslint.configs.disableTypeChecked.languageOptions,
      globals: { console: 'readonly', globalThis: 'readonly', process: 'readonly', URL: 'readonly' },
    },
  },
);
