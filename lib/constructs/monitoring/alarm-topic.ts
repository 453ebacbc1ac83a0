import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { StageConfig } from '../../config.ts';
import { acknowledge } from '../acknowledge.ts';
import { customerKey } from '../customer-key.ts';

/**
 * Return an action for the topic in the settings, and one for a new topic if the settings contain an e-mail address.
 */
export function alarmActions(
  scope: Construct,
  { stage, alarms, encryptionKeyArn }: StageConfig,
): IAlarmAction[] {
  const topics: ITopic[] = [];
  if (alarms.topicArn !== undefined) topics.push(Topic.fromTopicArn(scope, 'GivenTopic', alarms.topicArn));
  if (alarms.email !== undefined)
    topics.push(mailTopic(scope, stage, alarms.email, customerKey(scope, encryptionKeyArn)));
  return topics.map((topic) => new SnsAction(topic));
}

function mailTopic(scope: Construct, stage: string, email: string, givenKey: IKey | undefined): Topic {
  const topic = new Topic(scope, 'Topic', {
    topicName: `ancrage-${stage}-alarms`,
    displayName: `Ancrage ${stage}`,
    masterKey: givenKey ?? topicKey(scope, stage),
    enforceSSL: true,
  });
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [cloudWatch()],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: ofThisAccount(scope),
    }),
  );
  acknowledge(topic.addSubscription(new EmailSubscription(email)), {
    'Serverless-SNSRedrivePolicy':
      'Nothing would process undelivered mails; the alarm itself stays in the ALARM state.',
  });
  return topic;
}

/** The topic's own encryption key ($1 a month), because CloudWatch may not use the AWS-managed key of SNS. */
function topicKey(scope: Construct, stage: string): IKey {
  const key = new Key(scope, 'TopicKey', {
    description: `Ancrage ${stage}: encrypts the messages of the alarm topic`,
    enableKeyRotation: true,
    // SNS does not store the messages that the key encrypts.
    removalPolicy: RemovalPolicy.DESTROY,
  });
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [cloudWatch()],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: ofThisAccount(scope),
    }),
  );
  return key;
}

const cloudWatch = () => new ServicePrincipal('cloudwatch.amazonaws.com');

const ofThisAccount = (scope: Construct) => ({
  StringEquals: { 'aws:SourceAccount': Stack.of(scope).account },
});
