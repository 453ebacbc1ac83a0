import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * What the rules of cdk-nag find and is meant to be so, each with its reason: `docs/security.md` lists them.
 *
 * @param reasons by the rule's name, such as `AwsSolutions-S1`, or that of one finding, `AwsSolutions-IAM5[Resource::*]`
 */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  const acknowledgements = Object.entries(reasons).map(([rule, reason]) => {
    return { id: `${rule.split('-', 1)[0]}::${rule}`, reason };
  });
  Validations.of(construct).acknowledge(...acknowledgements);
}
