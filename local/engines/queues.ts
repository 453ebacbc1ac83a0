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

/** Queue attributes in the template that have an effect on the engine; encryption, for example, has none. */
const ATTRIBUTES: readonly QueueAttributeName[] = [
  'VisibilityTimeout',
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedrivePolicy',
];

/**
 * Create the template's queues if they do not exist, and update the attributes of existing ones.
 *
 * @returns the URLs of the queues by name
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
    // Create the queue without attributes, because creating an existing queue with other attributes is an error.
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
