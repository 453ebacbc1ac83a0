import { SQSClient } from '@aws-sdk/client-sqs';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import { messageQueue } from '../../core/adapters/sqs/message-queue.ts';
import { ENV } from '../../core/contract.ts';
import { cached } from '../../core/kernel/cache.ts';
import { EventValidator } from '../../core/publish/validate-event.ts';
import { required } from '../environment.ts';
import { openLog } from '../middleware/log.ts';
import { publishHandler } from './handler.ts';

const clock = Date.now;
const log = openLog();
const table = openTable(required(ENV.tableName), clock);
const projects = projectStore(table);

export const handler = publishHandler({
  validator: new EventValidator({ eventTypes: eventTypeStore(table), clock }),
  projects: cached(projects.get, { maxAgeMs: 60_000, maxEntries: 1000, clock }),
  eventsQueue: messageQueue(new SQSClient({}), required(ENV.eventsQueueUrl), log),
  clock,
  log,
});
