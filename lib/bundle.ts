import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = resolve(import.meta.dirname, '..');

/** Whether a bundle records spans: only then it has OpenTelemetry's SDK. */
export type BundleKind = 'plain' | 'traced';

export interface BundleOptions {
  readonly kind?: BundleKind;
  /** Directory of the sources. @default this repository */
  readonly root?: string;
  /** For a debugger: not minified, and the source map contains the sources under their file URLs. @default false */
  readonly debuggable?: boolean;
  /** Throw errors without printing them, and print no warnings. @default false */
  readonly silent?: boolean;
}

/** Return the conditions by which the `imports` of package.json choose a file. `module` is what esbuild has by default. */
export const conditionsOf = (kind: BundleKind): string[] => [
  ...(kind === 'traced' ? ['traced'] : []),
  'module',
];

/** Write the bundle of the function in `lambdas/<name>`. */
export function bundleFunction(name: string, outputDir: string, kind: BundleKind = 'plain'): void {
  bundle(join(ROOT, 'lambdas', name, 'index.ts'), outputDir, kind);
}

/**
 * Write the bundle of a function: one minified file that includes the AWS SDK at the tested version, and beside it the
 * packages that it loads on demand.
 *
 * CDK's `NodejsFunction` does the same, but starts npx for each function, so a synthesis of ten functions takes half a
 * minute; esbuild's API takes a second.
 */
export function bundle(entryPoint: string, outputDir: string, kind: BundleKind = 'plain'): void {
  write({ '.': entryPoint }, outputDir, { kind });
}

/**
 * Write the bundles of functions to `<outputDir>/<name>`. They share what esbuild has parsed, which takes a quarter of the time
 * of one after the other.
 *
 * @throws esbuild's BuildFailure, if the code does not compile
 */
export function bundleFunctions(names: readonly string[], outputDir: string, options: BundleOptions): void {
  const { root = ROOT } = options;
  const entries = names.map((name) => [name, join(root, 'lambdas', name, 'index.ts')] as const);
  write(Object.fromEntries(entries), outputDir, options);
}

/** Entry points by their folder below the output directory. */
type Entries = Readonly<Record<string, string>>;

function write(entries: Entries, outputDir: string, options: BundleOptions): void {
  const imports = build(entries, outputDir, LOADED_LATE, options);
  const written = new Map<string, string>();
  for (const [folder, entryPoint] of Object.entries(entries)) {
    const directory = join(outputDir, folder);
    const late = LOADED_LATE.filter((name) => imports(folder).has(name));
    for (const name of late) {
      const own = join(directory, folderOf(name));
      const other = written.get(name);
      if (other === undefined) build({ '.': createRequire(entryPoint).resolve(name) }, own, [], options);
      else cpSync(other, own, { recursive: true });
      written.set(name, own);
    }
    const ours = late.filter(isOurs).map((name) => [name, `./${folderOf(name)}/index.js`] as const);
    if (ours.length > 0) writePackage(directory, { imports: Object.fromEntries(ours) });
  }
}

/** The names in `imports` of package.json begin with `#`: they are of code of our own. */
const isOurs = (name: string): boolean => name.startsWith('#');
const folderOf = (name: string): string => (isOurs(name) ? name.slice(1) : join('node_modules', name));

/** Without the type, a package.json further up could turn the bundle into an ES module. */
function writePackage(outputDir: string, more: object = {}): void {
  writeFileSync(join(outputDir, 'package.json'), `${JSON.stringify({ type: 'commonjs', ...more })}\n`);
}

/**
 * What the code loads with `import()`. It stays out of the main file because Node compiles a whole file before it runs it,
 * and few events need these.
 */
const LOADED_LATE = ['#french', 're2js', '@aws-sdk/client-s3', '@aws-sdk/client-secrets-manager'];

/** Return what each of the bundles imports from outside it. */
function build(
  entries: Entries,
  outputDir: string,
  external: string[],
  { kind = 'plain', root = ROOT, debuggable = false, silent = false }: BundleOptions,
): (folder: string) => ReadonlySet<string> {
  // Required here and not imported above, because users of the package do not have esbuild.
  const { buildSync } = createRequire(import.meta.url)('esbuild') as typeof import('esbuild');
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: Object.entries(entries).map(([folder, file]) => ({ in: file, out: join(folder, 'index') })),
    outdir: outputDir,
    bundle: true,
    minify: !debuggable,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    conditions: conditionsOf(kind),
    sourcemap: true,
    sourcesContent: debuggable,
    logLevel: silent ? 'silent' : 'warning',
    metafile: true,
    external,
  });
  for (const folder of Object.keys(entries)) {
    const directory = join(outputDir, folder);
    nameSources(directory, (file) => (debuggable ? pathToFileURL(file).href : relative(root, file)));
    writePackage(directory);
  }
  const outputs = new Map(
    Object.entries(metafile.outputs).map(([path, output]) => [resolve(root, path), output] as const),
  );
  return (folder) => {
    const output = outputs.get(resolve(outputDir, folder, 'index.js'));
    return new Set(output?.imports.map(({ path }) => path));
  };
}

/** Rename the sources: esbuild names them relative to the output, which would change the asset's hash. */
function nameSources(outputDir: string, nameOf: (file: string) => string): void {
  const file = join(outputDir, 'index.js.map');
  const map: { sources: string[] } = JSON.parse(readFileSync(file, 'utf8'));
  const sources = map.sources.map((source) => nameOf(resolve(outputDir, source)));
  writeFileSync(file, JSON.stringify({ ...map, sources }));
}
