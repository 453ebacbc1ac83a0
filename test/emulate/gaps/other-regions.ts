import type { Gap } from './gap.ts';
import { withStack } from './probe.ts';
import { ofType } from './template.ts';

const OTHER_REGION = 'us-east-1';

export const otherRegions: Gap = {
  reason:
    'Fn::GetStackOutput ignores its region: CloudFront has no web ACL, which would be in another region.',
  only: 'every setting',
  change(template) {
    let isChanged = false;
    for (const { Properties } of ofType(template, 'AWS::CloudFront::Distribution')) {
      if (Properties.DistributionConfig.WebACLId?.['Fn::GetStackOutput'] === undefined) continue;
      delete Properties.DistributionConfig.WebACLId;
      isChanged = true;
    }
    return isChanged;
  },
  async persists(ministack) {
    const queue = (QueueName?: object) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName } });
    const isRefused = await withStack(
      ministack,
      {
        Resources: { Queue: queue() },
        Outputs: { Name: { Value: { 'Fn::GetAtt': ['Queue', 'QueueName'] } } },
      },
      async (_, StackName) => {
        const name = { 'Fn::GetStackOutput': { StackName, Region: OTHER_REGION, OutputName: 'Name' } };
        const seen = await withStack(ministack, { Resources: { Queue: queue(name) } }, async () => true);
        return seen === undefined;
      },
      OTHER_REGION,
    );
    if (isRefused === undefined) throw new Error(`The emulator refuses a queue in ${OTHER_REGION}.`);
    return isRefused;
  },
};
