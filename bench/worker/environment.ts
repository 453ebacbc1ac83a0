import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import { ENV } from '../../core/contract.ts';
import type { Subscription } from '../../core/model/subscription.ts';
import { startDynoxide } from '../../local/engines/dynoxide.ts';
import { ensureTable } from '../../local/engines/table.ts';
import { clientSettings } from '../../local/settings.ts';
import { readTemplate } from '../../local/template.ts';
import { startSink, tableIn, variablesOf } from '../function-environment.ts';

const TABLE = 'bench';

/** The table and the endpoint of a deliver function, in other processes than the measured one. */
export interface WorkerEnvironment {
  /** URL of the endpoint, which responds with 204. */
  readonly sinkUrl: string;
  readonly variables: Readonly<Record<string, string>>;
  add(subscription: Subscription): Promise<void>;
  stop(): Promise<void>;
}

export async function startEnvironment(cdkOut: string): Promise<WorkerEnvironment> {
  const died = Promise.withResolvers<never>();
  const engine = await startDynoxide({ file: undefined, onDeath: died.reject });
  await ensureTable(engine.endpoint, TABLE, tableIn(readTemplate(cdkOut)), 'nothing is kept');
  const client = new DynamoDBClient(clientSettings(engine.endpoint));
  const subscriptions = subscriptionStore(openTable(TABLE, Date.now, client));
  const sink = await startSink();
  return {
    sinkUrl: `${sink.endpoint}/`,
    variables: {
      ...variablesOf('deliver', { name: TABLE, endpoint: engine.endpoint }),
      // Unused, because every delivery succeeds.
      [ENV.internalQueueUrl]: 'http://127.0.0.1:9/internal',
      [ENV.retriesQueueUrl]: 'http://127.0.0.1:9/retries',
      [ENV.pumpsQueueUrl]: 'http://127.0.0.1:9/pumps',
    },
    add: (subscription) => subscriptions.create(subscription),
    async stop() {
      client.destroy();
      await sink.stop();
      await engine.stop();
    },
  };
}
