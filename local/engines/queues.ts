import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type QueueAttributeName,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { queueUrl } from '../referents.ts';
import { type Referents, resolve } from '../resolve.ts';
import { physicalName } from '../resource-names.ts';
import { resourcesOf, type Template } from '../template.ts';
import type { QueueEngine } from './fauxqs.ts';

/** What the template may say of a queue that means something here: encryption, say, does not. */
const ATTRIBUTES: readonly QueueAttributeName[] = [
  'VisibilityTimeout',
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedrivePolicy',
];

/**
 * Creates the template's queues unless they are there, and brings the attributes of those that are up to date.
 *
 * @returns the queues' URLs by name
 */
export async function ensureQueues(
  engine: QueueEngine,
  template: Template,
  referents: Referents,
): Promise<Record<string, string>> {
  const urls: Record<string, string> = {};
  for (const [logicalId, { Properties }] of resourcesOf(template, 'AWS::SQS::Queue')) {
    const name = physicalName(template, logicalId);
    const url = queueUrl(engine.endpoint, name);
    // Created bare, since creating a queue again with other attributes is an error.
    await engine.client.send(new CreateQueueCommand({ QueueName: name }));
    await setAttributes(engine, url, attributesOf(Properties ?? {}, referents));
    await engine.releaseInflight(name, url);
    urls[name] = url;
  }
  return urls;
}

function attributesOf(
  properties: Readonly<Record<string, unknown>>,
  referents: Referents,
): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const name of ATTRIBUTES) {
    const value = resolve(properties[name], referents);
    if (value !== undefined)
      attributes[name] = typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
  return attributes;
}

async function setAttributes(
  engine: QueueEngine,
  url: string,
  wanted: Record<string, string>,
): Promise<void> {
  const { Attributes: present = {} } = await engine.client.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
  );
  const changed = Object.entries(wanted).filter(
    ([name, value]) => present[name as QueueAttributeName] !== value,
  );
  if (changed.length === 0) return;
  await engine.client.send(
    new SetQueueAttributesCommand({ QueueUrl: url, Attributes: Object.fromEntries(changed) }),
  );
}
