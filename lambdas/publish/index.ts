import { SQSClient } from '@aws-sdk/client-sqs';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import { messageQueue } from '../../core/adapters/sqs/message-queue.ts';
import { ENV } from '../../core/contract.ts';
import { cached } from '../../core/use-cases/cached.ts';
import { required } from '../environment.ts';
import { openLog } from '../middleware/log.ts';
import { publishHandler } from './handler.ts';

const clock = Date.now;
const log = openLog();
const projects = projectStore(openTable(required(ENV.tableName), clock));

export const handler = publishHandler({
  projects: { get: cached(projects.get, { maxAgeMs: 60_000, maxEntries: 1000, clock }) },
  eventsQueue: messageQueue(new SQSClient({}), required(ENV.eventsQueueUrl), log),
  clock,
  log,
});
