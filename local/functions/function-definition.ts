import { join } from 'node:path';
import { LocalStackError } from '../errors.ts';
import { functionArn } from '../referents.ts';
import { type Referents, resolve } from '../resolve.ts';
import { localName, physicalName } from '../resource-names.ts';
import { type Resource, resourcesOf, type Template } from '../template.ts';

/** A function of the template. */
export interface FunctionDefinition {
  /** Short name, such as `fan-out`. */
  readonly name: string;
  /** Name on AWS. */
  readonly functionName: string;
  readonly arn: string;
  /** Name of its alias. Queues and routes may then refer to that as well, and the function has a version. */
  readonly alias: string | undefined;
  /** Directory of the bundle. */
  readonly bundleDir: string;
  /** `<file without extension>.<export>` */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memorySize: number;
  readonly logGroup: string;
  /** Only the variables that the template sets. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Return the template's functions without the CDK's own, which is in Python and runs only during deployments. */
export function functionResources(template: Template): [logicalId: string, resource: Resource][] {
  return resourcesOf(template, 'AWS::Lambda::Function').filter(
    ([, { Properties }]) => !String(Properties?.Runtime).startsWith('python'),
  );
}

/** Return the short names of {@link functionResources}. */
export const functionNames = (template: Template): string[] =>
  functionResources(template).map(([logicalId]) => localName(template, logicalId));

/** Read the definitions of {@link functionResources}. */
export function readFunctions(template: Template, referents: Referents): FunctionDefinition[] {
  return functionResources(template).map(([logicalId, resource]) => {
    const properties = resource.Properties ?? {};
    const name = localName(template, logicalId);
    const functionName = physicalName(template, logicalId);
    return {
      name,
      functionName,
      arn: functionArn(functionName),
      alias: aliasOf(template, logicalId),
      bundleDir: bundleDir(template, name, resource),
      handler: String(properties.Handler),
      timeoutSeconds: Number(properties.Timeout ?? 3),
      memorySize: Number(properties.MemorySize ?? 128),
      logGroup: logGroup(properties, referents) ?? `/aws/lambda/${functionName}`,
      environment: environmentOf(properties, referents),
    };
  });
}

function aliasOf(template: Template, logicalId: string): string | undefined {
  const own = resourcesOf(template, 'AWS::Lambda::Alias').filter(
    ([, { Properties }]) => (Properties?.FunctionName as { Ref?: string } | undefined)?.Ref === logicalId,
  );
  if (own.length > 1)
    throw new LocalStackError(
      `The function ${logicalId} has ${own.length} aliases; the local stack runs one`,
    );
  return own[0] && String(own[0][1].Properties?.Name);
}

function bundleDir(template: Template, name: string, { Properties }: Resource): string {
  const { S3Key } = (Properties?.Code ?? {}) as { S3Key?: unknown };
  const dir = typeof S3Key === 'string' ? template.assetDirs[S3Key.replace(/\.\w+$/, '')] : undefined;
  if (dir === undefined)
    throw new LocalStackError(`The function ${name} has no bundle in the cloud assembly`);
  return dir;
}

function logGroup(properties: Readonly<Record<string, unknown>>, referents: Referents): string | undefined {
  const { LogGroup } = (properties.LoggingConfig ?? {}) as { LogGroup?: unknown };
  return LogGroup === undefined ? undefined : String(resolve(LogGroup, referents));
}

function environmentOf(
  properties: Readonly<Record<string, unknown>>,
  referents: Referents,
): Record<string, string> {
  const { Variables } = (properties.Environment ?? {}) as { Variables?: Record<string, unknown> };
  const resolved = Object.entries(Variables ?? {}).map(
    ([name, value]) => [name, String(resolve(value, referents))] as const,
  );
  return Object.fromEntries(resolved);
}

/**
 * Find the function that a resolved property refers to by its name, its ARN, or a URI that contains the ARN, each of which may name
 * its alias.
 *
 * @throws LocalStackError if the template has no such function
 */
export function findFunction(
  functions: readonly FunctionDefinition[],
  reference: unknown,
): FunctionDefinition {
  const text = String(reference);
  const [, arn = text] = /\/functions\/(.+)\/invocations$/.exec(text) ?? [];
  const fn = functions.find(({ functionName, arn: own, alias }) =>
    [functionName, own].some((name) => name === arn || (alias !== undefined && `${name}:${alias}` === arn)),
  );
  if (fn === undefined)
    throw new LocalStackError(`The template refers to the function ${text}, which it does not contain`);
  return fn;
}

/** Return the version that runs: a stack that was just created has the first. */
export const versionOf = ({ alias }: Pick<FunctionDefinition, 'alias'>): string =>
  alias === undefined ? '$LATEST' : '1';

/** Return the file that contains the handler. */
export function handlerFile({ bundleDir, handler }: FunctionDefinition): string {
  return join(bundleDir, `${handler.slice(0, handler.lastIndexOf('.'))}.js`);
}
