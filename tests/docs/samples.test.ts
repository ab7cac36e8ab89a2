import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { PAGES, ROOT } from './pages.js';

const LANGUAGES = ['ts', 'js'];

interface Sample {
  /** The page that it stands on, and the line where it begins there. */
  readonly path: string;
  readonly line: number;
  readonly code: string;
}

/** Each sample as a file beside the sources, of whose folder it takes the settings. Nothing is written. */
const samples = new Map<string, Sample>(
  PAGES.flatMap(({ path, blocks }) =>
    blocks
      .filter(({ language }) => LANGUAGES.includes(language))
      .map(({ code, line }) => [join(ROOT, 'src', `${path.replaceAll('/', '-')}-${line}.ts`), { path, code, line }]),
  ),
);

/** What TypeScript has to say against samples, checked together as a user's strict program of ES modules. */
function complaints(files: ReadonlyMap<string, Sample>): string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    paths: {
      'coconut-lens': [join(ROOT, 'src', 'index.ts')],
      'coconut-lens/*': [join(ROOT, 'src', 'api', '*.ts')],
    },
  };
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (name) => files.has(name) || disk.fileExists(name),
    readFile: (name) => files.get(name)?.code ?? disk.readFile(name),
    getSourceFile: (name, version, ...rest) => {
      const sample = files.get(name);
      if (sample === undefined) return disk.getSourceFile(name, version, ...rest);
      return ts.createSourceFile(name, sample.code, version);
    },
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files].flatMap(([name, { path, line }]) => {
    const source = program.getSourceFile(name);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText, start = 0 }) => {
        const at = line + (source?.getLineAndCharacterOfPosition(start).line ?? 0);
        return `${path}:${at}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
      },
    );
  });
}

describe('code samples', () => {
  it('are there', () => expect(samples.size).toBeGreaterThan(3));

  it('pass the type checker, against the types of this package, and one with mistakes does not', () => {
    const code = `import { readItems, readRecords } from 'coconut-lens';\nconst { item } = await readItems('a.json');`;
    const broken = { path: 'broken.md', line: 10, code };
    const found = complaints(new Map([...samples, [join(ROOT, 'src', 'broken.ts'), broken]]));
    expect(found.filter((text) => !text.startsWith('broken.md'))).toEqual([]);
    expect(found).toEqual([
      expect.stringMatching(/^broken.md:10: .* has no exported member .*readRecords/),
      expect.stringContaining("broken.md:11: Property 'item' does not exist"),
    ]);
  });
});
