import { SQSClient } from '@aws-sdk/client-sqs';
import { dueWorkStore } from '../../core/adapters/dynamodb/due-work.ts';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import { deliveryQueue } from '../../core/adapters/sqs/delivery-queue.ts';
import { messageQueue } from '../../core/adapters/sqs/message-queue.ts';
import { ENV } from '../../core/contract.ts';
import { required } from '../environment.ts';
import { openLog } from '../middleware/log.ts';
import { openMetrics } from '../middleware/metrics.ts';
import { sweepHandler } from './handler.ts';

const clock = Date.now;
const log = openLog();

export const handler = sweepHandler({
  dueWork: dueWorkStore(openTable(required(ENV.tableName), clock)),
  retriesQueue: deliveryQueue(messageQueue(new SQSClient({}), required(ENV.retriesQueueUrl), log)),
  clock,
  log,
  metrics: openMetrics(),
});
