import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Acknowledge findings of cdk-nag that are intended, each with its reason. `docs/security.md` lists them.
 *
 * @param reasons keyed by a rule, such as `AwsSolutions-S1`, or by one finding, such as `AwsSolutions-IAM5[Resource::*]`
 */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  const acknowledgements = Object.entries(reasons).map(([rule, reason]) => {
    return { id: `${rule.split('-', 1)[0]}::${rule}`, reason };
  });
  Validations.of(construct).acknowledge(...acknowledgements);
}
