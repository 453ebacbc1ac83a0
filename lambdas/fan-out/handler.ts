import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { fanOut } from '../../core/fan-out/fan-out.ts';
import type { FanOutPorts } from '../../core/fan-out/ports.ts';
import { toBatchResponse, toMessage } from '../middleware/queue-worker.ts';
import { type Telemetry, telemetry, WORKER } from '../middleware/telemetry.ts';

/** The time that another step may take: the invocation must have that much left. */
const STEP_MS = 10_000;

/** Handle messages of the events queue. */
export function fanOutHandler(ports: FanOutPorts & Telemetry) {
  return middy<SQSEvent, SQSBatchResponse>(WORKER)
    .use(telemetry(ports))
    .handler(async ({ Records }, context) => {
      const until = ports.clock() + context.getRemainingTimeInMillis() - STEP_MS;
      const unhandled = await fanOut(ports, Records.map(toMessage), until);
      ports.metrics.count('MessagesFailed', unhandled.length);
      return toBatchResponse(unhandled);
    });
}
