import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { deliver } from '../../core/deliver/deliver.ts';
import type { DeliverPorts } from '../../core/deliver/ports.ts';
import { toBatchResponse, toMessage } from '../middleware/queue-worker.ts';
import { type Telemetry, telemetry, WORKER } from '../middleware/telemetry.ts';

/** Handle messages of the deliveries queue and the retries queue. */
export function deliverHandler(ports: DeliverPorts & Telemetry) {
  return middy<SQSEvent, SQSBatchResponse>(WORKER)
    .use(telemetry(ports))
    .handler(async ({ Records }) => {
      const unhandled = await deliver(ports, Records.map(toMessage));
      ports.metrics.count('MessagesFailed', unhandled.length);
      return toBatchResponse(unhandled);
    });
}
