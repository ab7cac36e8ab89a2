/** What is read from outside, by format: the files of a sound input, and the command that reads it. */
export interface Format {
  readonly name: string;
  /** What is damaged: a file of the sound input. */
  readonly file: string;
  readonly json: boolean;
  /** Files that the command needs, that one among them. */
  readonly needs: readonly string[];
  /** @param out where the command may write */
  argv(folder: string, out: string): readonly string[];
  /** Whether the sound input is refused: no GPT-2 lies in it, and what comes before that is looked at. */
  readonly foreign?: boolean;
  /** Whether bytes that were changed without the hash beside them may be read. */
  readonly hashed?: boolean;
}

const model = (folder: string): string => `${folder}/model`;
const MODEL = ['model/config.json', 'model/model.safetensors', 'items.json'];
const ENGLISH = ['english/config.json', 'english/model.safetensors', 'english/tokenizer.json', 'items.json'];
const RECORDING = ['recording/items.arrow', 'recording/thoughts.arrow', 'recording/metadata.json'];
const PARTIAL = ['items.arrow', 'thoughts.arrow', 'metadata.json', 'batches.sha256'].map(
  (name) => `kept.partial/${name}`,
);
const TRAINING = ['training/training.json', 'training/checkpoint.safetensors', 'training/metrics.jsonl', 'tiny.json'];

const evaluate = (folder: string): readonly string[] =>
  `evaluate --model ${model(folder)} --items ${folder}/items.json --limit 1 --thoughts 1`.split(' ');
const frontier = (folder: string): readonly string[] =>
  `frontier --recording ${folder}/recording --resamples 100`.split(' ');

/** Every format that the README's commands read. */
export const FORMATS: readonly Format[] = [
  {
    name: 'items',
    file: 'items.json',
    json: true,
    needs: ['items.json'],
    argv: (folder) => ['data', 'inspect', '--items', `${folder}/items.json`],
  },
  { name: 'items asked', file: 'items.json', json: true, needs: MODEL, argv: evaluate },
  { name: 'config', file: 'model/config.json', json: true, needs: MODEL, argv: evaluate },
  {
    name: 'config imported',
    file: 'model/config.json',
    json: true,
    needs: MODEL,
    argv: (folder, out) => ['import', model(folder), '--out', out],
  },
  { name: 'weights', file: 'model/model.safetensors', json: false, needs: MODEL, argv: evaluate },
  {
    name: 'weights imported',
    file: 'model/model.safetensors',
    json: false,
    needs: MODEL,
    argv: (folder, out) => ['import', model(folder), '--out', out],
  },
  ...['ordered.pt', 'legacy.pt', 'protocol-4.pt', 'nested.pt'].map((file) => ({
    name: `torch ${file}`,
    file: `torch/${file}`,
    json: false,
    needs: [`torch/${file}`, 'torch/config.json'],
    foreign: true,
    argv: (folder: string, out: string) => [
      'import',
      `${folder}/torch/${file}`,
      '--config',
      `${folder}/torch/config.json`,
      '--out',
      out,
    ],
  })),
  {
    name: 'tokenizer',
    file: 'english/tokenizer.json',
    json: true,
    needs: ENGLISH,
    argv: (folder, out) =>
      `record --model ${folder}/english --items ${folder}/items.json --limit 1 --thoughts 1 --out ${out}`.split(' '),
  },
  { name: 'recording: metadata', file: 'recording/metadata.json', json: true, needs: RECORDING, argv: frontier },
  {
    name: 'recording: thoughts',
    file: 'recording/thoughts.arrow',
    json: false,
    needs: RECORDING,
    argv: frontier,
    hashed: true,
  },
  {
    name: 'recording: items',
    file: 'recording/items.arrow',
    json: false,
    needs: RECORDING,
    argv: frontier,
    hashed: true,
  },
  ...PARTIAL.map((file) => ({
    name: `recording to go on with: ${file.split('/')[1]}`,
    file,
    json: file.endsWith('.json'),
    needs: [...PARTIAL, ...MODEL],
    argv: (folder: string) =>
      `record --model ${model(folder)} --items ${folder}/items.json --batch-size 1 --out ${folder}/kept --resume`.split(
        ' ',
      ),
  })),
  {
    name: 'result: claim',
    file: 'claim.json',
    json: true,
    needs: ['claim.json'],
    argv: (folder, out) => ['export', `${folder}/claim.json`, '--out', `${out}.svg`],
  },
  {
    name: 'result: report of a claim',
    file: 'claim.json',
    json: true,
    needs: ['claim.json'],
    argv: (folder, out) => ['report', '--claim', `${folder}/claim.json`, '--out', `${out}.html`],
  },
  ...['frontier', 'interpolation', 'tree', 'matrix', 'metrics'].map((name) => {
    const file = name === 'metrics' ? 'training/metrics.jsonl' : `${name}.json`;
    return {
      name: `result: ${name}`,
      file,
      json: true,
      needs: [file],
      argv: (folder: string, out: string) => ['export', `${folder}/${file}`, '--out', `${out}.svg`],
    };
  }),
  {
    name: 'training: configuration',
    file: 'tiny.json',
    json: true,
    needs: ['tiny.json'],
    argv: (folder, out) => ['train', '--config', `${folder}/tiny.json`, '--out', out],
  },
  ...TRAINING.slice(0, 3).map((file) => ({
    name: `training to go on with: ${file.split('/')[1]}`,
    file,
    json: file.endsWith('.json'),
    needs: TRAINING,
    argv: (folder: string) => `train --config ${folder}/tiny.json --out ${folder}/training --resume`.split(' '),
  })),
];
