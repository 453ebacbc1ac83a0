import { fanOut } from '../../core/fan-out/fan-out.ts';
import type { FanOutPorts } from '../../core/fan-out/ports.ts';
import { type QueueWorkerPorts, queueWorker } from '../middleware/queue-worker.ts';

/** The time that another step may take: the invocation must have that much left. */
const STEP_MS = 10_000;

/** Handle messages of the events queue. */
export const fanOutHandler = (ports: FanOutPorts & QueueWorkerPorts) =>
  queueWorker(ports, (messages, { context }) =>
    fanOut(ports, messages, ports.clock() + context.getRemainingTimeInMillis() - STEP_MS),
  );
