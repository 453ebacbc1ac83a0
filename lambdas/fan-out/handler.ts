import { fanOut } from '../../core/fan-out/fan-out.ts';
import { type HonourPorts, honour, isInternal } from '../../core/fan-out/honour.ts';
import type { FanOutPorts } from '../../core/fan-out/ports.ts';
import type { MessageQueue } from '../../core/ports/message-queue.ts';
import { type QueueWorkerPorts, queueWorker } from '../middleware/queue-worker.ts';

/** The time that another step may take: the invocation must have that much left. */
const STEP_MS = 10_000;

type FanOutHandlerPorts = Omit<FanOutPorts, 'deadLetterQueue'> &
  HonourPorts &
  QueueWorkerPorts & { readonly deadLetterQueues: Readonly<Record<'events' | 'internal', MessageQueue>> };

/** Handle messages of the events queue and the internal queue. */
export function fanOutHandler({ deadLetterQueues, ...ports }: FanOutHandlerPorts) {
  const honouring = { ...ports, honour: honour.bind(null, ports) };
  return queueWorker(honouring, (messages, { context, queueArn }) => {
    const deadLetterQueue = deadLetterQueues[isInternal(ports, queueArn) ? 'internal' : 'events'];
    const until = ports.clock() + context.getRemainingTimeInMillis() - STEP_MS;
    return fanOut({ ...ports, deadLetterQueue }, messages, until);
  });
}
