import { createServer } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import { type DestinationPolicy, ENV } from '../../core/contract.ts';
import type { Subscription } from '../../core/model/subscription.ts';
import { startDynoxide } from '../../local/engines/dynoxide.ts';
import { ensureTable } from '../../local/engines/table.ts';
import { listenOnLoopback } from '../../local/http/loopback.ts';
import { CREDENTIALS, REGION } from '../../local/settings.ts';
import { readTemplate, resourcesOf } from '../../local/template.ts';

const TABLE = 'bench';
const POLICY: DestinationPolicy = { allowHttp: true, allowLoopback: true, allowedPorts: [] };

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
  const [[, resource] = []] = resourcesOf(readTemplate(cdkOut), 'AWS::DynamoDB::Table');
  if (resource === undefined) throw new Error('The template has no table.');
  await ensureTable(engine.endpoint, TABLE, resource, 'nothing is kept');
  const client = new DynamoDBClient({
    endpoint: engine.endpoint,
    region: REGION,
    credentials: { ...CREDENTIALS },
  });
  const subscriptions = subscriptionStore(openTable(TABLE, Date.now, client));
  const sink = await listenOnLoopback(
    createServer((request, response) => {
      request.resume();
      request.on('end', () => response.writeHead(204).end());
    }),
  );
  return {
    sinkUrl: `${sink.endpoint}/`,
    variables: {
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
      [ENV.tableName]: TABLE,
      [ENV.stage]: 'bench',
      POWERTOOLS_SERVICE_NAME: 'deliver',
      // Unused, because every delivery succeeds.
      [ENV.eventsQueueUrl]: 'http://127.0.0.1:9/events',
      [ENV.retriesQueueUrl]: 'http://127.0.0.1:9/retries',
      [ENV.destinationPolicy]: JSON.stringify(POLICY),
    },
    add: (subscription) => subscriptions.create(subscription),
    async stop() {
      client.destroy();
      await sink.stop();
      await engine.stop();
    },
  };
}
