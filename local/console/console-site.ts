import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalStackError } from '../errors.ts';
import { resourcesOf, type Template } from '../template.ts';
import { responseHeaders } from './response-headers.ts';

type Headers = Readonly<Record<string, string>>;

/** The console as its distribution serves it: the same files, the same headers, the same paths left to the API. */
export interface ConsoleSite {
  /** Of the built console. */
  readonly directory: string;
  /** Path patterns such as `/v1/*` that go to the API. */
  readonly apiPaths: readonly string[];
  /** The path pattern of the files beside the document, such as `/assets/*`. */
  readonly assetPaths: string;
  readonly assetHeaders: Headers;
  readonly document: string;
  readonly documentHeaders: Headers;
}

interface Behavior {
  readonly PathPattern: string;
  readonly TargetOriginId: string;
  readonly ResponseHeadersPolicyId?: { readonly Ref: string };
}

interface DistributionConfig {
  readonly DefaultCacheBehavior: Omit<Behavior, 'PathPattern'>;
  readonly CacheBehaviors: readonly Behavior[];
}

/** @throws LocalStackError where the template has no such console */
export function readConsole(template: Template): ConsoleSite {
  const [distribution] = resourcesOf(template, 'AWS::CloudFront::Distribution');
  const config = distribution?.[1].Properties?.DistributionConfig as DistributionConfig | undefined;
  const directory = deployedFiles(template);
  if (config === undefined || directory === undefined)
    throw new LocalStackError('The template has no distribution for the console, or no files for it');
  const { DefaultCacheBehavior: pages, CacheBehaviors: others } = config;
  const assets = others.find(({ TargetOriginId }) => TargetOriginId === pages.TargetOriginId);
  if (assets === undefined) throw new LocalStackError('The distribution has no path for the console’s files');
  return {
    directory,
    apiPaths: others.filter((behavior) => behavior !== assets).map(({ PathPattern }) => PathPattern),
    assetPaths: assets.PathPattern,
    assetHeaders: responseHeaders(template, assets.ResponseHeadersPolicyId?.Ref),
    document: readFileSync(join(directory, 'index.html'), 'utf8'),
    documentHeaders: responseHeaders(template, pages.ResponseHeadersPolicyId?.Ref),
  };
}

/** The files that a deployment copies into the console's bucket. */
function deployedFiles(template: Template): string | undefined {
  const [deployment] = resourcesOf(template, 'Custom::CDKBucketDeployment');
  const [key] = (deployment?.[1].Properties?.SourceObjectKeys ?? []) as string[];
  return key === undefined ? undefined : template.assetDirs[key.replace(/\.\w+$/, '')];
}
