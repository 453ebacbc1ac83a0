import type { AttemptLog, Sender } from '../../core/ports.ts';
import { type AttemptDeliveryDependencies, attemptDelivery } from '../../core/use-cases/attempt-delivery.ts';
import { type DeliverDependencies, deliver } from '../../core/use-cases/deliver.ts';
import { recordAttempts } from '../../core/use-cases/record-attempts.ts';
import { queueWorker } from '../middleware/queue-worker.ts';

export type DeliverHandlerDependencies = Omit<AttemptDeliveryDependencies, 'sender' | 'attempts'> &
  Omit<DeliverDependencies, 'attemptDelivery' | 'attempts' | 'parked'> & {
    readonly parked: DeliverDependencies['parked'] & AttemptDeliveryDependencies['parked'];
    readonly attemptLog: AttemptLog;
    /** A sender for one invocation: no socket outlives it, since a Lambda may be frozen for hours in between. */
    readonly openSender: () => Sender & { close(): void };
  };

/** Deliveries and retries queues to hook URLs. */
export function deliverHandler({ attemptLog, openSender, ...dependencies }: DeliverHandlerDependencies) {
  return queueWorker(async (messages) => {
    const sender = openSender();
    const attempts = recordAttempts(attemptLog, dependencies.log);
    try {
      const attempt = attemptDelivery({ ...dependencies, sender, attempts });
      return await deliver({ ...dependencies, attemptDelivery: attempt, attempts })(messages);
    } finally {
      sender.close();
    }
  });
}
