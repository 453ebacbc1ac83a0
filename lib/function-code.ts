import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { builtAsset } from './built-assets.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** Whether a bundle records spans: only then it has OpenTelemetry's SDK. */
export type BundleKind = 'plain' | 'traced';

/** The folder of a package's bundles, by their kind. */
export const BUNDLE_FOLDER: Readonly<Record<BundleKind, string>> = {
  plain: 'functions',
  traced: 'traced-functions',
};

/** Return the code of the function in `lambdas/<name>`, bundled unless the package contains the bundle. */
export function functionCode(name: string, kind: BundleKind = 'plain'): Code {
  const built = builtAsset(BUNDLE_FOLDER[kind], name);
  if (built !== undefined) return Code.fromAsset(built);
  return Code.fromAsset(join(ROOT, 'lambdas', name), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Required by the type. Local bundling succeeds or throws, so the CDK never uses the image.
      image: DockerImage.fromRegistry('unused'),
      local: {
        tryBundle(outputDir) {
          bundleFunction(name, outputDir, kind);
          return true;
        },
      },
    },
  });
}

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
  const { imported } = build(entryPoint, outputDir, LOADED_LATE, kind);
  const late = LOADED_LATE.filter((each) => imported.has(each));
  for (const name of late)
    build(createRequire(entryPoint).resolve(name), join(outputDir, folderOf(name)), [], kind);
  const ours = late.filter(isOurs).map((name) => [name, `./${folderOf(name)}/index.js`] as const);
  if (ours.length > 0) writePackage(outputDir, { imports: Object.fromEntries(ours) });
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

function build(
  entryPoint: string,
  outputDir: string,
  external: string[],
  kind: BundleKind,
): { imported: Set<string> } {
  // Required here and not imported above, because users of the package do not have esbuild.
  const { buildSync } = createRequire(import.meta.url)('esbuild') as typeof import('esbuild');
  const { metafile } = buildSync({
    entryPoints: [entryPoint],
    outfile: join(outputDir, 'index.js'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    // The `imports` of package.json choose by it; the other two are what esbuild has by default.
    conditions: [...(kind === 'traced' ? ['traced'] : []), 'module'],
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
    metafile: true,
    external,
  });
  nameSourcesFromRoot(outputDir);
  writePackage(outputDir);
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  return { imported: new Set(imports.map(({ path }) => path)) };
}

/**
 * Name sources relative to the repository: esbuild names them relative to the output, which would change the asset's
 * hash.
 */
function nameSourcesFromRoot(outputDir: string): void {
  const file = join(outputDir, 'index.js.map');
  const map: { sources: string[] } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(
    file,
    JSON.stringify({
      ...map,
      sources: map.sources.map((source) => relative(ROOT, resolve(outputDir, source))),
    }),
  );
}
