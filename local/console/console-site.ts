import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalStackError } from '../errors.ts';
import { resourcesOf, type Template } from '../template.ts';
import { responseHeaders } from './response-headers.ts';
import { readViewerFunction, type ViewerFunction } from './viewer-function.ts';

type Headers = Readonly<Record<string, string>>;

/** The console with the files, headers and API paths of its distribution. */
export interface ConsoleSite {
  /** Directory of the built console. */
  readonly directory: string;
  /** Path patterns of the API, such as `/v1/*`. */
  readonly apiPaths: readonly string[];
  /** The path pattern of the files beside the document, such as `/assets/*`. */
  readonly assetPaths: string;
  readonly assetHeaders: Headers;
  readonly document: string;
  readonly documentHeaders: Headers;
  /** Runs for each request that is neither for the API nor for an asset. */
  readonly viewerFunction: ViewerFunction;
}

interface Behavior {
  readonly PathPattern: string;
  readonly TargetOriginId: string;
  readonly ResponseHeadersPolicyId?: { readonly Ref: string };
  readonly FunctionAssociations?: Parameters<typeof readViewerFunction>[1];
}

interface DistributionConfig {
  readonly DefaultCacheBehavior: Omit<Behavior, 'PathPattern'>;
  readonly CacheBehaviors: readonly Behavior[];
}

/** @throws LocalStackError if the template has no console, or one with another structure */
export function readConsole(template: Template): ConsoleSite {
  const [distribution] = resourcesOf(template, 'AWS::CloudFront::Distribution');
  const config = distribution?.[1].Properties?.DistributionConfig as DistributionConfig | undefined;
  const directory = deployedFiles(template);
  if (config === undefined || directory === undefined)
    throw new LocalStackError('The template has no distribution or no files for the console');
  const { DefaultCacheBehavior: pages, CacheBehaviors: others } = config;
  const assets = others.find(({ TargetOriginId }) => TargetOriginId === pages.TargetOriginId);
  if (assets === undefined)
    throw new LocalStackError('The distribution has no path pattern for the assets of the console');
  return {
    directory,
    apiPaths: others.filter((behavior) => behavior !== assets).map(({ PathPattern }) => PathPattern),
    assetPaths: assets.PathPattern,
    assetHeaders: responseHeaders(template, assets.ResponseHeadersPolicyId?.Ref),
    document: readFileSync(join(directory, 'index.html'), 'utf8'),
    documentHeaders: responseHeaders(template, pages.ResponseHeadersPolicyId?.Ref),
    viewerFunction: readViewerFunction(template, pages.FunctionAssociations),
  };
}

/** Return the directory of the files that a deployment copies into the console's bucket. */
function deployedFiles(template: Template): string | undefined {
  const [deployment] = resourcesOf(template, 'Custom::CDKBucketDeployment');
  const [key] = (deployment?.[1].Properties?.SourceObjectKeys ?? []) as string[];
  return key === undefined ? undefined : template.assetDirs[key.replace(/\.\w+$/, '')];
}
