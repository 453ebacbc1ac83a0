import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { inject } from 'vitest';
import { type DataTable, openTable } from '../../core/adapters/dynamodb/table.ts';
import type { Clock } from '../../core/kernel/clock.ts';
import { startDynoxide } from '../../local/engines/dynoxide.ts';
import { startFauxqs } from '../../local/engines/fauxqs.ts';
import { ensureTable } from '../../local/engines/table.ts';
import { CREDENTIALS, REGION } from '../../local/settings.ts';
import { readTemplate, resourcesOf } from '../../local/template.ts';

/** DynamoDB and SQS that are there already, instead of the embedded engines: `npm run emulate` runs the contract tests on its own. */
const ENDPOINT = process.env.ANCRAGE_ENGINES;

const SETTINGS = () => ({ region: REGION, credentials: { ...CREDENTIALS } });

const newName = () => `contract-tests-${crypto.randomUUID().slice(0, 8)}`;

const nothing = async (): Promise<void> => {};

async function startDynamodb(): Promise<{ endpoint: string; stop: () => Promise<void> }> {
  if (ENDPOINT !== undefined) return { endpoint: ENDPOINT, stop: nothing };
  const died = Promise.withResolvers<never>();
  return startDynoxide({ file: undefined, onDeath: died.reject });
}

async function startSqs(): Promise<{ client: SQSClient; stop: () => Promise<void> }> {
  if (ENDPOINT === undefined) return startFauxqs(undefined);
  const client = new SQSClient({ ...SETTINGS(), endpoint: ENDPOINT });
  return { client, stop: async () => client.destroy() };
}

/**
 * A table as the stack makes it, of its own, but without its time to live: the tests' clock stands in January 2026, so an engine
 * that deletes what has expired, such as ministack once a minute, would delete their items under their hands.
 */
export async function startTable(clock: Clock): Promise<{ table: DataTable; stop: () => Promise<void> }> {
  const engine = await startDynamodb();
  const [[, resource] = []] = resourcesOf(readTemplate(inject('cdkOut')), 'AWS::DynamoDB::Table');
  if (resource === undefined) throw new Error('The template has no table.');
  const name = newName();
  const { TimeToLiveSpecification: _, ...Properties } = resource.Properties as Record<string, unknown>;
  await ensureTable(engine.endpoint, name, { ...resource, Properties }, 'nowhere');
  const client = new DynamoDBClient({ ...SETTINGS(), endpoint: engine.endpoint });
  return {
    table: openTable(name, clock, client),
    stop: async () => {
      client.destroy();
      await engine.stop();
    },
  };
}

/** A queue of its own. */
export async function startQueue(): Promise<{
  client: SQSClient;
  queueUrl: string;
  stop: () => Promise<void>;
}> {
  const { client, stop } = await startSqs();
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: newName() }));
  return { client, queueUrl: QueueUrl as string, stop };
}
