import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { builtAsset } from './built-assets.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** The code of a function of `lambdas/<name>`. */
export function functionCode(name: string): Code {
  const built = builtAsset('functions', name);
  if (built !== undefined) return Code.fromAsset(built);
  return Code.fromAsset(join(ROOT, 'lambdas', name), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Where local bundling succeeds, and it throws where it does not, no image is ever looked at.
      image: DockerImage.fromRegistry('unused'),
      local: {
        tryBundle(outputDir) {
          bundleFunction(name, outputDir);
          return true;
        },
      },
    },
  });
}

/**
 * Writes a function's bundle: one minified file with all that it imports, the AWS SDK of the tests among it.
 *
 * CDK's `NodejsFunction` does the same by starting npx for each function, which makes a synthesis of ten functions
 * take half a minute; esbuild's own API takes a second.
 */
export function bundleFunction(name: string, outputDir: string): void {
  // Loaded where it is used: whoever has the package has no esbuild.
  const { buildSync } = createRequire(import.meta.url)('esbuild') as typeof import('esbuild');
  buildSync({
    entryPoints: [join(ROOT, 'lambdas', name, 'index.ts')],
    outfile: join(outputDir, 'index.js'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  });
  nameSourcesFromRoot(outputDir);
  // Wherever the bundle lies, no package.json further up may make an ES module of it.
  writeFileSync(join(outputDir, 'package.json'), '{"type":"commonjs"}\n');
}

/** esbuild names sources from where the bundle lies, which would make each folder's bundle another asset. */
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
