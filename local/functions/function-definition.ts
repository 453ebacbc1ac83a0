import { join } from 'node:path';
import { LocalStackError } from '../errors.ts';
import { functionArn } from '../referents.ts';
import { type Referents, resolve } from '../resolve.ts';
import { localName, physicalName } from '../resource-names.ts';
import { type Resource, resourcesOf, type Template } from '../template.ts';

/** A function as its template has it. */
export interface FunctionDefinition {
  /** Its short name, such as `fan-out`. */
  readonly name: string;
  /** Its name on AWS. */
  readonly functionName: string;
  readonly arn: string;
  /** Directory of the bundle. */
  readonly bundleDir: string;
  /** `<file without ending>.<export>` */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memorySize: number;
  readonly logGroup: string;
  /** Just what the template sets. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The template's functions, but for the CDK's own, which runs at deployments alone and is in Python. */
export function functionResources(template: Template): [logicalId: string, resource: Resource][] {
  return resourcesOf(template, 'AWS::Lambda::Function').filter(
    ([, { Properties }]) => !String(Properties?.Runtime).startsWith('python'),
  );
}

/** What {@link functionResources} defines. */
export function readFunctions(template: Template, referents: Referents): FunctionDefinition[] {
  return functionResources(template).map(([logicalId, resource]) => {
    const properties = resource.Properties ?? {};
    const name = localName(template, logicalId);
    const functionName = physicalName(template, logicalId);
    return {
      name,
      functionName,
      arn: functionArn(functionName),
      bundleDir: bundleDir(template, name, resource),
      handler: String(properties.Handler),
      timeoutSeconds: Number(properties.Timeout ?? 3),
      memorySize: Number(properties.MemorySize ?? 128),
      logGroup: logGroup(properties, referents) ?? `/aws/lambda/${functionName}`,
      environment: environmentOf(properties, referents),
    };
  });
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
 * The function that a resolved property means: by name, by ARN, or by a URI around its ARN.
 *
 * @throws LocalStackError where it is none of the template's
 */
export function findFunction(
  functions: readonly FunctionDefinition[],
  reference: unknown,
): FunctionDefinition {
  const text = String(reference);
  const [, arn = text] = /\/functions\/(.+)\/invocations$/.exec(text) ?? [];
  const fn = functions.find(({ functionName, arn: own }) => functionName === arn || own === arn);
  if (fn === undefined)
    throw new LocalStackError(`The template names a function ${text}, which it does not have`);
  return fn;
}

/** The file that the handler is in. */
export function handlerFile({ bundleDir, handler }: FunctionDefinition): string {
  return join(bundleDir, `${handler.slice(0, handler.lastIndexOf('.'))}.js`);
}
