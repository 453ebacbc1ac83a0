import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalStackError, messageOf } from './errors.ts';

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly stackName: string;
  readonly resources: Readonly<Record<string, Resource>>;
  /** Unresolved values of the stack's outputs. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Directories of file assets, keyed by the hash in `S3Key`. */
  readonly assetDirs: Readonly<Record<string, string>>;
}

interface Manifest {
  readonly artifacts: Record<string, { type: string; properties?: { templateFile?: string; file?: string } }>;
}

interface TemplateFile {
  readonly Resources: Record<string, Resource>;
  readonly Outputs?: Record<string, { Value: unknown }>;
}

interface AssetManifest {
  readonly files: Record<string, { source: { path: string } }>;
}

/**
 * Read the only stack of a cloud assembly (`cdk.out`).
 *
 * @throws LocalStackError if the directory is not a cloud assembly with exactly one stack
 */
export function readTemplate(cdkOut: string): Template {
  const artifacts = Object.entries(readJson<Manifest>(cdkOut, 'manifest.json').artifacts);
  const stacks = artifacts.filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack');
  const [stackName, stack] = stacks[0] ?? [];
  if (stackName === undefined || stack?.properties?.templateFile === undefined || stacks.length > 1) {
    throw new LocalStackError(`${cdkOut} contains ${stacks.length} stacks; the local stack runs exactly one`);
  }
  const { Resources, Outputs = {} } = readJson<TemplateFile>(cdkOut, stack.properties.templateFile);
  const manifests = artifacts.flatMap(([, { type, properties }]) =>
    type === 'cdk:asset-manifest' && properties?.file !== undefined ? [properties.file] : [],
  );
  return {
    stackName,
    resources: Resources,
    outputs: Object.fromEntries(Object.entries(Outputs).map(([name, { Value }]) => [name, Value])),
    assetDirs: Object.fromEntries(
      manifests.flatMap((file) =>
        Object.entries(readJson<AssetManifest>(cdkOut, file).files).map(([hash, asset]) => [
          hash,
          join(cdkOut, asset.source.path),
        ]),
      ),
    ),
  };
}

/** Return the resources of a type with their logical ids. */
export function resourcesOf(template: Template, type: string): [logicalId: string, resource: Resource][] {
  return Object.entries(template.resources).filter(([, resource]) => resource.Type === type);
}

function readJson<T>(directory: string, file: string): T {
  try {
    return JSON.parse(readFileSync(join(directory, file), 'utf8'));
  } catch (error) {
    throw new LocalStackError(
      `${join(directory, file)} cannot be read (${messageOf(error)}): is ${directory} a cloud assembly?`,
    );
  }
}
