import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { StageConfig } from '../../config.ts';
import { acknowledge } from '../acknowledge.ts';

/** Who is told of alarms: the topic that the settings name, and one of ours where they have an address. */
export function alarmActions(scope: Construct, { stage, alarms }: StageConfig): IAlarmAction[] {
  const topics: ITopic[] = [];
  if (alarms.topicArn !== undefined) topics.push(Topic.fromTopicArn(scope, 'GivenTopic', alarms.topicArn));
  if (alarms.email !== undefined) topics.push(mailTopic(scope, stage, alarms.email));
  return topics.map((topic) => new SnsAction(topic));
}

/** Encrypted with a key of its own ($1 a month): CloudWatch may not use the one that AWS keeps for SNS. */
function mailTopic(scope: Construct, stage: string, email: string): Topic {
  const { account } = Stack.of(scope);
  const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');
  const ofThisAccount = { StringEquals: { 'aws:SourceAccount': account } };
  const masterKey = new Key(scope, 'TopicKey', {
    description: `Ancrage ${stage}: alarms on their way to their topic`,
    enableKeyRotation: true,
    // Nothing that it encrypts is kept.
    removalPolicy: RemovalPolicy.DESTROY,
  });
  masterKey.addToResourcePolicy(
    new PolicyStatement({
      principals: [cloudWatch],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: ofThisAccount,
    }),
  );
  const topic = new Topic(scope, 'Topic', {
    topicName: `ancrage-${stage}-alarms`,
    displayName: `Ancrage ${stage}`,
    masterKey,
    enforceSSL: true,
  });
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [cloudWatch],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: ofThisAccount,
    }),
  );
  acknowledge(topic.addSubscription(new EmailSubscription(email)), {
    'Serverless-SNSRedrivePolicy': 'A mail that does not arrive is told nowhere else: the alarm stays red.',
  });
  return topic;
}
