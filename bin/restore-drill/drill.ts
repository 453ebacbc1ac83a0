import {
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  RestoreTableToPointInTimeCommand,
} from '@aws-sdk/client-dynamodb';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import { INDEX } from '../../core/contract.ts';
import { pause } from '../../core/kernel/pause.ts';
import type { DataKeys } from '../../core/ports/data-keys.ts';
import type { LargeBodies } from '../../core/ports/large-bodies.ts';
import { AdminError } from '../admin/errors.ts';
import { type Check, checkCopy } from './checks.ts';

export interface DrillOptions {
  readonly client: DynamoDBClient;
  /** The table to restore. */
  readonly source: string;
  /** The name of its copy. No such table may exist. */
  readonly target: string;
  /** The moment to restore. @default the latest possible */
  readonly at?: Date;
  /** How many items of the copy to look at. */
  readonly sample: number;
  /** Whether the copy stays. */
  readonly keep: boolean;
  /** Opens the data keys of the copy. */
  readonly openKeys: (tableName: string) => DataKeys;
  /** The bucket of large bodies, which is the stack's own. Without it, no large event is read. */
  readonly bodies?: LargeBodies | undefined;
  /** Called with each step for people to read. */
  readonly tell: (text: string) => void;
  /** How often to ask whether the copy is there. */
  readonly pollMs: number;
}

export interface Drill {
  readonly table: string;
  readonly ok: boolean;
  /** Seconds from the request until the copy could be used. */
  readonly restoredInSeconds: number;
  readonly checks: readonly Check[];
  readonly kept: boolean;
}

/** Restore a table under another name, check the copy, and delete it. Nothing of the stack is changed. */
export async function drill(options: DrillOptions): Promise<Drill> {
  const { client, source, target, at, keep, tell, pollMs } = options;
  const startedAt = Date.now();
  tell(`Restoring ${source} as ${target}; this may take an hour.`);
  await client.send(
    new RestoreTableToPointInTimeCommand({
      SourceTableName: source,
      TargetTableName: target,
      ...(at === undefined ? { UseLatestRestorableTime: true } : { RestoreDateTime: at }),
    }),
  );
  try {
    await untilActive(client, target, pollMs);
    const restoredInSeconds = Math.round((Date.now() - startedAt) / 1000);
    tell(`Restored after ${restoredInSeconds} s. Checking it.`);
    const table = openTable(target, Date.now, client);
    const copy = {
      ...table,
      dataKeys: options.openKeys(target),
      ...(options.bodies && { bodies: options.bodies }),
    };
    const checks = [await checkIndexes(client, target), ...(await checkCopy(copy, options.sample))];
    const ok = checks.every(({ result }) => result !== 'failed');
    return { table: target, ok, restoredInSeconds, checks, kept: keep };
  } finally {
    if (keep) tell(`${target} stays: delete it yourself.`);
    else await remove(options);
  }
}

/** @throws AdminError if the table can never be used */
async function untilActive(client: DynamoDBClient, TableName: string, pollMs: number): Promise<void> {
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    const indexes = Table?.GlobalSecondaryIndexes ?? [];
    if (Table?.TableStatus === 'ACTIVE' && indexes.every(({ IndexStatus }) => IndexStatus === 'ACTIVE'))
      return;
    if (Table?.TableStatus !== 'CREATING' && Table?.TableStatus !== 'ACTIVE')
      throw new AdminError(`${TableName} is ${Table?.TableStatus}.`);
    await pause(pollMs);
  }
}

async function checkIndexes(client: DynamoDBClient, TableName: string): Promise<Check> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  const found = (Table?.GlobalSecondaryIndexes ?? []).map(({ IndexName = '' }) => IndexName).toSorted();
  const wanted = Object.values(INDEX).toSorted();
  const isComplete = found.join() === wanted.join();
  return {
    name: 'indexes',
    result: isComplete ? 'passed' : 'failed',
    detail: `has ${found.join(', ') || 'none'}`,
  };
}

/** A copy that is still being created cannot be deleted. */
async function remove({ client, target, tell, pollMs }: DrillOptions): Promise<void> {
  await untilActive(client, target, pollMs);
  await client.send(new DeleteTableCommand({ TableName: target }));
  tell(`Deleted ${target}.`);
}
