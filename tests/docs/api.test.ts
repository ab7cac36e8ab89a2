import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { publicModules } from '../../src/api/public-modules.js';
import { ROOT } from './pages.js';

const SUBPATHS = readdirSync(join(ROOT, 'src/api'))
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => name !== 'public-modules')
  .sort();

const { exports: entries, typesVersions } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  exports: Record<string, unknown>;
  typesVersions: Record<'*', Record<string, string[]>>;
};

/** What an entry point exports, by name: the text of its doc comment. */
let documented: (file: string) => Map<string, string>;

beforeAll(() => {
  const files = [join(ROOT, 'src/index.ts'), ...SUBPATHS.map((name) => join(ROOT, `src/api/${name}.ts`))];
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.build.json'), (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const program = ts.createProgram(files, { ...options, noEmit: true, skipLibCheck: true });
  const checker = program.getTypeChecker();
  documented = (file) => {
    const source = program.getSourceFile(join(ROOT, file));
    const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${file} is no module`);
    return new Map(
      checker.getExportsOfModule(module).map((exported) => {
        const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
        // A module under a name (`ops`) says at its top what it is.
        const isModule =
          (symbol.flags & ts.SymbolFlags.ValueModule) !== 0 && symbol.declarations?.some(ts.isSourceFile);
        const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
        return [exported.name, isModule === true ? symbol.name : text];
      }),
    );
  };
});

describe('the public API', () => {
  it('has at most forty names at the top level', () => {
    expect(documented('src/index.ts').size).toBeLessThanOrEqual(40);
  });

  it.each(['src/index.ts', ...SUBPATHS.map((name) => `src/api/${name}.ts`)])(
    'says what every name of %s is',
    (file) => {
      const names = documented(file);
      expect(names.size).toBeGreaterThan(0);
      expect([...names].filter(([, text]) => text === '').map(([name]) => name)).toEqual([]);
    },
  );

  it('is entered through package.json, from TypeScript of every age and from probes', async () => {
    const subpaths = Object.keys(entries).filter((key) => key !== '.' && key !== './package.json');
    expect(subpaths.sort()).toEqual(SUBPATHS.map((name) => `./${name}`));
    for (const name of SUBPATHS) {
      const types = `./dist/api/${name}.d.ts`;
      expect(entries[`./${name}`]).toEqual({ types, default: `./dist/api/${name}.js` });
      expect(typesVersions['*'][name]).toEqual([types]);
    }
    expect(Object.keys(await publicModules())).toEqual([
      'coconut-lens',
      ...SUBPATHS.map((name) => `coconut-lens/${name}`),
    ]);
  });
});
