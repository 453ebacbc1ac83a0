import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { PumpPorts } from '../../core/pump/ports.ts';
import { pump } from '../../core/pump/pump.ts';
import { toBatchResponse, toMessage } from '../middleware/queue-worker.ts';
import { type Telemetry, telemetry, WORKER } from '../middleware/telemetry.ts';

/** Handle messages of the pumps queue. */
export function pumpHandler(ports: PumpPorts & Telemetry) {
  return middy<SQSEvent, SQSBatchResponse>(WORKER)
    .use(telemetry(ports))
    .handler(async ({ Records }) => {
      const unhandled = await pump(ports, Records.map(toMessage));
      ports.metrics.count('MessagesFailed', unhandled.length);
      return toBatchResponse(unhandled);
    });
}
