import { join } from 'node:path';
import { EVERY_SETTING } from '../infra/every-setting.ts';
import { type Account, checkGaps } from './account.ts';
import { synthesizeStage } from './assembly.ts';
import { FILES } from './files.ts';
import { withStack } from './gaps/probe.ts';
import { ACCOUNT, REGION } from './ministack.ts';
import { step } from './step.ts';
import { firstUse } from './use.ts';
import { endToEnd } from './vitest.ts';

/** Web ACLs of CloudFront are there. */
export const REGIONS = [REGION, 'us-east-1'];

const STAGE = 'everything';

const KEY = {
  Type: 'AWS::KMS::Key',
  Properties: {
    KeyPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          ...{ Effect: 'Allow', Action: 'kms:*', Resource: '*' },
          Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        },
      ],
    },
  },
};

/** What the settings name, and must be there before. */
const NAMED = {
  Resources: {
    Key: KEY,
    QueueKey: KEY,
    Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'example.com' } },
  },
  Outputs: {
    Key: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] } },
    QueueKey: { Value: { 'Fn::GetAtt': ['QueueKey', 'Arn'] } },
    Zone: { Value: { Ref: 'Zone' } },
  },
};

/** Deploy a stage with every setting on, use it and destroy it. */
export async function everySetting(account: Account, assemblies: string): Promise<void> {
  const isDone = await withStack(account.ministack, NAMED, async (named) => {
    const assembly = join(assemblies, STAGE);
    await step(`synthesise ${STAGE}`, () =>
      synthesizeStage(account.ministack, assembly, STAGE, settingsWith(named)),
    );
    const stack = await account.deploy(STAGE);
    const admin = await firstUse(account, stack);
    for (const file of FILES) await endToEnd({ account, stack, admin }, file);
    await checkGaps(account, STAGE);
    await account.destroy(STAGE);
    return true;
  });
  if (!isDone) throw new Error('The emulator refuses keys or a hosted zone.');
}

function settingsWith({ Key, QueueKey, Zone }: Record<string, string>) {
  const { stage: _, domain, apiDomain, ...settings } = EVERY_SETTING;
  const hostedZone = { id: Zone, name: 'example.com' };
  return {
    ...settings,
    ...{ encryptionKeyArn: Key, eventsQueueKeyArn: QueueKey },
    domain: { ...domain, hostedZone },
    apiDomain: { ...apiDomain, hostedZone },
    // The tests' receivers have any ports, and nothing may be left of the stack.
    ...{ allowedPorts: [443, '1024-65535'], retainData: false },
  };
}
