import type { AttemptLog, HealthStore, Sender } from '../../core/ports.ts';
import { type AttemptDeliveryDependencies, attemptDelivery } from '../../core/use-cases/attempt-delivery.ts';
import { type DeliverDependencies, deliver } from '../../core/use-cases/deliver.ts';
import { recordAttempts } from '../../core/use-cases/record-attempts.ts';
import { trackHealth } from '../../core/use-cases/track-health.ts';
import { queueWorker } from '../middleware/queue-worker.ts';

type OfInvocation = 'sender' | 'attempts' | 'health' | 'attemptDelivery';

export type DeliverHandlerDependencies = Omit<
  AttemptDeliveryDependencies & DeliverDependencies,
  OfInvocation
> & {
  readonly attemptLog: AttemptLog;
  readonly healthStore: HealthStore;
  /** A sender for one invocation: no socket outlives it, since a Lambda may be frozen for hours in between. */
  readonly openSender: () => Sender & { close(): void };
};

/** Deliveries and retries queues to hook URLs. */
export function deliverHandler({ healthStore, openSender, ...lasting }: DeliverHandlerDependencies) {
  return queueWorker(async (messages) => {
    const sender = openSender();
    const attempts = recordAttempts(lasting.attemptLog, lasting.log);
    const health = trackHealth({ ...lasting, health: healthStore });
    try {
      const attempt = attemptDelivery({ ...lasting, sender, attempts, health });
      return await deliver({ ...lasting, attemptDelivery: attempt, attempts, health })(messages);
    } finally {
      sender.close();
    }
  });
}
