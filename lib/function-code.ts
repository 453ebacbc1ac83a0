import { join, resolve } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { builtAsset } from './built-assets.ts';
import { type BundleKind, bundleFunction } from './bundle.ts';

const ROOT = resolve(import.meta.dirname, '..');

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
