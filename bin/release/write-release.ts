import {
  copyFileSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import { type Release, synthesizeReleased } from './released-templates.ts';

/** The part of a cloud assembly's asset manifest that is read here. */
interface Asset {
  readonly source: { readonly path: string; readonly packaging: 'zip' | 'file' };
  readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
}

/** What can be launched without the CDK: a stage to try, and one to keep. */
const STAGES = ['dev', 'prod'];

/**
 * Write a release: a template for each stage and the assets of both, by their keys in the buckets.
 *
 * @returns the keys, sorted
 */
export function writeRelease(release: Release, folder: string): string[] {
  for (const stage of STAGES) {
    const assembly = mkdtempSync(join(tmpdir(), 'ancrage-release-'));
    try {
      synthesizeReleased(stage, release, assembly);
      for (const manifest of globSync('*.assets.json', { cwd: assembly })) {
        const { files } = JSON.parse(readFileSync(join(assembly, manifest), 'utf8'));
        for (const asset of Object.values<Asset>(files))
          writeAsset(asset, assembly, (key) =>
            join(folder, isTemplate(asset) ? `${release.version}/${stage}.template.json` : key),
          );
      }
    } finally {
      rmSync(assembly, { recursive: true });
    }
  }
  return globSync('**/*.{json,zip}', { cwd: folder })
    .map((path) => path.replaceAll(sep, '/'))
    .toSorted();
}

const isTemplate = ({ source }: Asset): boolean => source.path.endsWith('.template.json');

function writeAsset(
  { source, destinations }: Asset,
  assembly: string,
  targetOf: (key: string) => string,
): void {
  const path = join(assembly, source.path);
  for (const { objectKey } of Object.values(destinations)) {
    const target = targetOf(objectKey);
    mkdirSync(dirname(target), { recursive: true });
    if (source.packaging === 'zip') writeFileSync(target, zipped(path));
    else copyFileSync(path, target);
  }
}

/** Any fixed time, so that the same files make the same archive. The format's begins in 1980. */
const MTIME = new Date(1980, 0, 1);

function zipped(directory: string): Uint8Array {
  const files: Zippable = {};
  for (const path of globSync('**/*', { cwd: directory }).toSorted()) {
    const file = join(directory, path);
    if (statSync(file).isFile()) files[path.replaceAll(sep, '/')] = readFileSync(file);
  }
  return zipSync(files, { mtime: MTIME });
}
