import { type DeliveryWorkerPorts, deliveryWorker } from '../../core/deliver/delivery-worker.ts';
import type { Sender } from '../../core/ports/sender.ts';
import { queueWorker, type Telemetry } from '../middleware/queue-worker.ts';

export interface DeliverHandlerDependencies extends Omit<DeliveryWorkerPorts, keyof Telemetry>, Telemetry {
  /** A sender for one invocation: no socket outlives it, since a Lambda may be frozen for hours in between. */
  readonly openSender: () => Sender & { close(): void };
}

/** Deliveries and retries queues to hook URLs. */
export function deliverHandler({ openSender, ...ports }: DeliverHandlerDependencies) {
  return queueWorker(ports, async (messages) => {
    const sender = openSender();
    try {
      return await deliveryWorker(ports, sender)(messages);
    } finally {
      sender.close();
    }
  });
}
