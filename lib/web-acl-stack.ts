import { Stack, type StackProps } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';

export interface WebAclStackProps extends StackProps {
  readonly stage: string;
  /** The region of the stage: each of a stage's regions has a web ACL of its own. */
  readonly stageRegion: string;
}

/** Requests per address in five minutes: more than the publishers and consoles behind one NAT gateway send. */
const MAX_REQUESTS_PER_ADDRESS = 20_000;

/**
 * A web ACL for the console and the API behind CloudFront, in us-east-1 as CloudFront requires.
 *
 * No rule inspects request bodies: templates and events contain text that rule sets mistake for attacks, and the
 * functions validate them.
 */
export class WebAclStack extends Stack {
  readonly arn: string;

  constructor(scope: Construct, id: string, { stage, stageRegion, ...props }: WebAclStackProps) {
    super(scope, id, {
      ...props,
      env: { ...props.env, region: 'us-east-1' },
      description: `Ancrage ${stage} in ${stageRegion}: web ACL in front of CloudFront`,
    });
    const name = `ancrage-${stage}-${stageRegion}`;
    const visibility = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
      metricName,
      cloudWatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
    });
    const managed = (priority: number, rules: string): CfnWebACL.RuleProperty => ({
      name: rules,
      priority,
      overrideAction: { none: {} },
      statement: { managedRuleGroupStatement: { vendorName: 'AWS', name: rules } },
      visibilityConfig: visibility(`${name}-${rules}`),
    });
    const acl = new CfnWebACL(this, 'WebAcl', {
      name,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: visibility(name),
      rules: [
        managed(0, 'AWSManagedRulesAmazonIpReputationList'),
        {
          name: 'EachAddress',
          priority: 1,
          action: { block: { customResponse: { responseCode: 429 } } },
          statement: { rateBasedStatement: { limit: MAX_REQUESTS_PER_ADDRESS, aggregateKeyType: 'IP' } },
          visibilityConfig: visibility(`${name}-each-address`),
        },
      ],
    });
    this.arn = acl.attrArn;
  }
}
