import type { PumpPorts } from '../../core/pump/ports.ts';
import { pump } from '../../core/pump/pump.ts';
import { type QueueWorkerPorts, queueWorker, requestsEndAt } from '../middleware/queue-worker.ts';

/** Handle messages of the pumps queue. */
export const pumpHandler = (ports: PumpPorts & QueueWorkerPorts) =>
  queueWorker(ports, (messages, { context }) => pump(ports, messages, requestsEndAt(ports, context)));
