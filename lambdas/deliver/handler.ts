import { deliver } from '../../core/deliver/deliver.ts';
import type { DeliverPorts } from '../../core/deliver/ports.ts';
import { type QueueWorkerPorts, queueWorker, requestsEndAt } from '../middleware/queue-worker.ts';

/** Handle messages of the deliveries queue and the retries queue. */
export const deliverHandler = (ports: DeliverPorts & QueueWorkerPorts) =>
  queueWorker(ports, (messages, { receipts, context }) =>
    deliver(ports, messages, receipts, requestsEndAt(ports, context)),
  );
