import { createRequire } from 'node:module';
import * as cdk from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** From which version the CDK knows acknowledgements of single findings. Package users may have an older one. */
const FIRST_MINOR = 269;
const { version } = createRequire(import.meta.url)('aws-cdk-lib/package.json') as { version: string };
const isKnown = Number(version.split('.')[1]) >= FIRST_MINOR;

/**
 * Acknowledge findings of cdk-nag that are intended, each with its reason. `docs/security.md` lists them.
 *
 * Before version 2.269 of the CDK they stay findings.
 *
 * @param reasons keyed by a rule, such as `AwsSolutions-S1`, or by one finding, such as `AwsSolutions-IAM5[Resource::*]`
 */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  if (!isKnown) return;
  const acknowledgements = Object.entries(reasons).map(([rule, reason]) => {
    return { id: `${rule.split('-', 1)[0]}::${rule}`, reason };
  });
  cdk.Validations.of(construct).acknowledge(...acknowledgements);
}

/** Return the finding of cdk-nag that a grant has a wildcard in its resource. */
export const wildcardFinding = (scope: IConstruct, arn: string): string =>
  `AwsSolutions-IAM5[Resource::${inFindings(cdk.Stack.of(scope).resolve(arn))}]`;

/** Write an ARN as cdk-nag does: with the references in it in angle brackets. */
function inFindings(arn: unknown): string {
  if (typeof arn === 'string') return arn;
  const {
    Ref,
    'Fn::GetAtt': attribute,
    'Fn::Sub': text,
    'Fn::Join': joined,
  } = arn as Record<string, unknown>;
  if (Ref !== undefined) return `<${Ref}>`;
  if (attribute !== undefined) return `<${(attribute as string[]).join('.')}>`;
  if (text !== undefined) return String(text).replaceAll(/\$\{([^}]+)\}/g, '<$1>');
  const [separator, parts] = joined as [string, unknown[]];
  return parts.map(inFindings).join(separator);
}
