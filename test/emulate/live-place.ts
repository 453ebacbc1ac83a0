import { readFileSync, writeFileSync } from 'node:fs';
import { DynamoDBClient, UpdateContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import type { Outputs, Place } from '../../bin/live/place.ts';
import { gapsOf } from './gaps/gaps.ts';
import { type Gateway, startGateway } from './gateway.ts';

/** What ministack cannot do of a live run, by step or check. */
export const CANNOT: Readonly<Record<string, string>> = {
  console: 'the emulator does not copy the console’s files to their bucket: layers are not at /opt',
  bearer: 'the emulator’s CloudFront refuses origins below amazonaws.com, as the API is',
  'not-found': 'the emulator’s CloudFront caches nothing, and refuses the API as an origin',
  domain: 'the emulator’s CloudFront serves no domain but its own',
};

export interface EmulatorPlace extends Place {
  stop(): Promise<void>;
}

/** An emulator without IAM. */
export function emulatorPlace(): EmulatorPlace {
  const gateways: Gateway[] = [];
  return {
    // Hook URLs on loopback are allowed. Alarms on metric maths are refused.
    settings: { allowLocalDestinations: true, monitoring: false },
    cannot: CANNOT,
    adapt(file) {
      const template = JSON.parse(readFileSync(file, 'utf8'));
      // A release may lack what a gap leaves out.
      for (const gap of gapsOf()) gap.change(template);
      writeFileSync(file, JSON.stringify(template));
    },
    async reach({ ApiUrl = '', ConsoleUrl: _, ...outputs }) {
      const gateway = await startGateway(ApiUrl);
      gateways.push(gateway);
      await recoverable(outputs);
      return { ...outputs, ApiUrl: gateway.url };
    },
    pollMs: 200,
    async stop() {
      await Promise.all(gateways.map((gateway) => gateway.stop()));
    },
  };
}

/** Its CloudFormation ignores the point-in-time recovery of a table. */
async function recoverable({ TableName, EventsQueueArn = '' }: Outputs): Promise<void> {
  const client = new DynamoDBClient({ region: EventsQueueArn.split(':')[3] ?? '' });
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
  await client.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));
  client.destroy();
}
