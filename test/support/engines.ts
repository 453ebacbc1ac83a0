import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { inject } from 'vitest';
import { type DataTable, openTable } from '../../core/adapters/dynamodb/table.ts';
import type { Clock } from '../../core/kernel/clock.ts';
import { startDynoxide } from '../../local/engines/dynoxide.ts';
import { startFauxqs } from '../../local/engines/fauxqs.ts';
import { ensureTable } from '../../local/engines/table.ts';
import { CREDENTIALS, REGION } from '../../local/settings.ts';
import { readTemplate, resourcesOf } from '../../local/template.ts';

const TABLE = 'contract-tests';

/** A table as the stack makes it, in an engine of its own. */
export async function startTable(clock: Clock): Promise<{ table: DataTable; stop: () => Promise<void> }> {
  const died = Promise.withResolvers<never>();
  const engine = await startDynoxide({ file: undefined, onDeath: died.reject });
  const [[, resource] = []] = resourcesOf(readTemplate(inject('cdkOut')), 'AWS::DynamoDB::Table');
  if (resource === undefined) throw new Error('The template has no table.');
  await ensureTable(engine.endpoint, TABLE, resource, 'nowhere');
  const client = new DynamoDBClient({
    endpoint: engine.endpoint,
    region: REGION,
    credentials: { ...CREDENTIALS },
  });
  return {
    table: openTable(TABLE, clock, client),
    stop: async () => {
      client.destroy();
      await engine.stop();
    },
  };
}

/** A queue in an engine of its own. */
export async function startQueue(): Promise<{
  client: SQSClient;
  queueUrl: string;
  stop: () => Promise<void>;
}> {
  const { client, stop } = await startFauxqs(undefined);
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'contract-tests' }));
  return { client, queueUrl: QueueUrl as string, stop };
}
